import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Forum, openForum } from '../../support/forum.ts';
import { numbered, store } from './stored-texts.ts';

/**
 * A file of questions that ask the same, as CSV without a heading: any columns, the two questions, and 1 if they ask the
 * same. No set is part of this project.
 */
const FILE = process.env['QUESTION_PAIRS'];
const ASKED = 400;

/** The records of a CSV file. A quote inside of quotes is doubled. */
function recordsOf(csv: string): string[][] {
  const records: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') records.push([]);
  }
  return records;
}

describe.runIf(FILE)('similar discussions of a public set', () => {
  const pairs = recordsOf(FILE ? readFileSync(FILE, 'utf8') : '')
    .filter((record) => record.at(-1) === '1')
    .map((record) => record.slice(-3, -1) as [string, string])
    .slice(0, ASKED);
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum('sqlite', 'empty');
    const titles = [...new Set(pairs.flat())];
    await store(forum.db, numbered(titles.map((title) => ({ title, text: 'x' }))));
  });
  afterAll(() => forum.close());

  test('are among the first five', async () => {
    let hits = 0;
    for (const [asked, known] of pairs) {
      const { data } = await forum.ask(
        'query ($title: String!) { similarDiscussions(title: $title, first: 6) { discussion { title } } }',
        { title: asked },
      );
      const titles = data.similarDiscussions.map(
        ({ discussion }: { discussion: { title: string } }) => discussion.title,
      );
      if (
        titles
          .filter((title: string) => title !== asked)
          .slice(0, 5)
          .includes(known)
      )
        hits++;
    }
    console.log(`recall at 5 ${(hits / pairs.length).toFixed(3)} of ${pairs.length}`);
    expect(hits / pairs.length).toBeGreaterThanOrEqual(0.94);
  });
});
