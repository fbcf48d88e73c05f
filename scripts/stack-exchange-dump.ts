// tsx scripts/stack-exchange-dump.ts FOLDER MEGABYTES: writes a dump in the shape of Stack Exchange's, with a Posts.xml of
// that size, to measure `parley import --from stackexchange`. The same size gives the same dump.

import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';

const [folder, megabytes] = [process.argv[2], Number(process.argv[3])];
if (!folder || !(megabytes > 0))
  throw new Error('Usage: tsx scripts/stack-exchange-dump.ts FOLDER MEGABYTES');
mkdirSync(folder, { recursive: true });

const WORDS =
  'knife steel edge handle kitchen onion bread sharp stone water angle blade wood oil rust cut'.split(' ');
const USERS = 20_000;
const START = Date.UTC(2012, 0, 1);

// a linear congruential generator (Numerical Recipes)
let state = 1;
const below = (n: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state % n;
};
const words = (n: number) => Array.from({ length: n }, () => WORDS[below(WORDS.length)]).join(' ');
const html = () =>
  [`<p>${words(60)} <strong>${words(2)}</strong>.</p>`, `<pre><code>${words(20)}\n</code></pre>`]
    .concat(
      Array.from(
        { length: 1 + below(3) },
        () => `<p>${words(50)}, <a href="https://example.com/a">${words(2)}</a></p>`,
      ),
    )
    .join('\n');
const time = (id: number) => new Date(START + id * 60_000).toISOString().slice(0, -1);
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '&#xA;');

class Table {
  bytes = 0;
  rows = 0;
  readonly #stream;
  readonly #root: string;

  constructor(name: string) {
    this.#root = name.toLowerCase();
    this.#stream = createWriteStream(path.join(folder ?? '', `${name}.xml`));
    this.#stream.write(`\uFEFF<?xml version="1.0" encoding="utf-8"?>\n<${this.#root}>\n`);
  }

  async add(row: Readonly<Record<string, string | number>>): Promise<void> {
    const attributes = Object.entries(row).map(
      ([name, value]) => `${name}="${escaped(String(value)).replaceAll('"', '&quot;')}"`,
    );
    const line = `  <row ${attributes.join(' ')} />\n`;
    this.bytes += Buffer.byteLength(line);
    this.rows++;
    if (!this.#stream.write(line))
      await new Promise<void>((go) => void this.#stream.once('drain', () => go()));
  }

  async end(): Promise<void> {
    this.#stream.end(`</${this.#root}>`);
    await finished(this.#stream);
  }
}

const tables = ['Posts', 'Users', 'Comments', 'Votes', 'PostLinks'].map((name) => new Table(name));
const [posts, users, comments, votes, links] = tables as [Table, Table, Table, Table, Table];
for (let Id = 1; Id <= USERS; Id++)
  await users.add({ Id, DisplayName: `Cook ${Id}`, CreationDate: time(Id) });
/** A question and two answers, in the order of their ids, as if all were written one after the other. */
for (let id = 1; posts.bytes < megabytes * 2 ** 20; id += 3) {
  const shared = (Id: number) => ({
    Id,
    CreationDate: time(Id),
    Score: below(40) - 4,
    Body: html(),
    OwnerUserId: 1 + below(USERS),
  });
  const accepted = below(2) === 0 ? { AcceptedAnswerId: id + 1 } : {};
  await posts.add({
    ...shared(id),
    PostTypeId: 1,
    ...accepted,
    Title: `${words(7)} ${id}`,
    Tags: `|${words(1)}|`,
  });
  for (const answer of [id + 1, id + 2]) await posts.add({ ...shared(answer), PostTypeId: 2, ParentId: id });
  for (const PostId of [id, id + 1, id + 2]) {
    await comments.add({
      Id: comments.rows + 1,
      PostId,
      Score: below(5),
      Text: words(25),
      CreationDate: time(id + 3),
      UserId: 1 + below(USERS),
    });
    for (let i = 0; i < 3; i++)
      await votes.add({ Id: votes.rows + 1, PostId, VoteTypeId: 2 + below(2), CreationDate: time(id) });
  }
  if (id > 30 && below(10) === 0)
    await links.add({ Id: links.rows + 1, PostId: id, RelatedPostId: id - 30, LinkTypeId: 1 });
}
await Promise.all(tables.map((table) => table.end()));
process.stdout.write(`${posts.rows} posts, ${comments.rows} comments, ${votes.rows} votes.\n`);
