// Merges of long discussions beside other people's requests. `MERGE_COMMENTS=10000` is the most that a merge moves.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countThread } from '../../src/forum/comment/count-thread.ts';
import { MOVED_MAX } from '../../src/forum/comment/index.ts';
import { countDiscussion } from '../../src/forum/discussion/index.ts';
import { reindex } from '../../src/forum/search/index.ts';
import { globalId } from '../../src/graphql/global-id.ts';
import { issueKeyForNewAuthor } from '../../src/identity/index.ts';
import { newId } from '../../src/store/ids.ts';
import type { Database } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase, temporaryFolder } from '../support/database.ts';
import { mutationOf, post } from '../support/send.ts';
import { startWatched, type WatchedServer } from './fuzz/watched-server.ts';
import { brokenAtRest } from './invariants.ts';

const COMMENTS = Number(process.env['MERGE_COMMENTS'] ?? 1000);
const START = Date.now() - 40 * 24 * 60 * 60 * 1000;
const BODY = 'Two words about it, and what was tried before somebody asked. '.repeat(5).trim();
const TEXT = { body: BODY, bodyHtml: `<p>${BODY}</p>`, bodyText: BODY };

/** A discussion with so many comments, half of them replies down to the fourth level. Returns the row ids. */
async function insertThread(db: Database, authorId: string, title: string, length: number) {
  const discussionId = newId(new Date(START));
  const placed: { id: string; createdAt: number; replyToId: string | null; depth: number }[] = [];
  for (let n = 0; n < length; n++) {
    const createdAt = START + 1000 * (n + 1);
    const parent = n % 2 === 0 ? undefined : placed[Math.floor(n / 3)];
    const depth = parent && parent.depth < 4 ? parent.depth + 1 : 0;
    const replyToId = parent && depth > 0 ? parent.id : null;
    placed.push({ id: newId(new Date(createdAt)), createdAt, replyToId, depth });
  }
  const none = { up: 0, down: 0, importedNetVotes: 0 };
  const { thread, counters } = countThread(placed.map((one) => ({ ...one, ...none, isDeleted: false })));
  const { lastActivityAt, ...counted } = countDiscussion({ ...none, ...thread, createdAt: START });
  const { lastCommentId, ...rest } = counted;
  await db.write(async (tx) => {
    const named = { id: discussionId, slug: discussionId, title, titleKey: title.toLowerCase() };
    const times = { createdAt: new Date(START), lastActivityAt: new Date(lastActivityAt) };
    await tx.discussion.create({ data: { ...named, ...TEXT, ...times, ...rest, authorId } });
    const rows = placed.map(({ createdAt, ...one }, n) => ({
      ...{ ...one, ...TEXT, ...counters[n], discussionId, authorId, createdAt: new Date(createdAt) },
    }));
    for (let at = 0; at < rows.length; at += 500)
      await tx.comment.createMany({ data: rows.slice(at, at + 500) });
    await tx.discussion.update({ where: { id: discussionId }, data: { lastCommentId } });
  });
  return { discussionId: globalId('Discussion', discussionId), comments: placed };
}

describe.each(engines)(`a merge of ${COMMENTS} comments on %s`, (engine) => {
  let database: TestDatabase;
  let server: WatchedServer;
  const folder = temporaryFolder();
  const tokens = { mod: '', ada: '' };
  let [source, destination, elsewhere] = ['', '', ''];
  let comments: Awaited<ReturnType<typeof insertThread>>['comments'] = [];

  beforeAll(async () => {
    database = await openTestDatabase(engine);
    const { db } = database;
    const issue = (name: string, role: 'MODERATOR' | 'MEMBER') =>
      db.transaction((tx) => issueKeyForNewAuthor(tx, newId, { name, role, at: new Date(START) }));
    const [mod, ada, ben] = [
      await issue('mod', 'MODERATOR'),
      await issue('ada', 'MEMBER'),
      await issue('ben', 'MEMBER'),
    ];
    Object.assign(tokens, { mod: mod.token, ada: ada.token });
    const thread = await insertThread(db, ben.authorId, 'Long?', COMMENTS);
    comments = thread.comments;
    source = thread.discussionId;
    destination = (await insertThread(db, ben.authorId, 'Kept?', 100)).discussionId;
    elsewhere = (await insertThread(db, ben.authorId, 'Elsewhere?', 1)).discussionId;
    await reindex(db);
    // what autovacuum does within a minute of so many new rows
    if (engine === 'postgres') await db.write((tx) => tx.$executeRawUnsafe('ANALYZE'));
    server = await startWatched(database.url, folder.path, {
      ANSWER_CACHE_MEGABYTES: '0',
      OVERLOAD_WAIT_MS: '0',
    });
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    await database.close();
    folder.remove();
  });

  const send = (token: string, mutation: string, input: object) =>
    post(server.url, mutationOf(mutation, 'clientMutationId'), { input }, token);

  /** Sends one request after another until `work` is done. Returns how long the slowest of each kind took, in ms. */
  async function beside(
    work: () => Promise<unknown>,
    requests: Record<string, (n: number) => Promise<unknown>>,
  ) {
    let isDone = false;
    const slowest = Object.entries(requests).map(async ([name, request]) => {
      let most = 0;
      for (let n = 0; !isDone; n++) {
        const start = performance.now();
        await request(n);
        most = Math.max(most, performance.now() - start);
      }
      return `${name} ${Math.round(most)}`;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const start = performance.now();
    await work();
    const took = Math.round(performance.now() - start);
    isDone = true;
    return `${took} ms; the slowest beside it: ${(await Promise.all(slowest)).join(', ')} ms`;
  }

  test('moves them all while others read, write and vote, and back', async () => {
    let written = 0;
    const ok = ({ errors }: { errors?: unknown }) => expect(errors).toBeUndefined();
    const others = {
      'a read': () => post(server.url, '{ discussions(first: 20) { nodes { title } } }', {}).then(ok),
      'a comment elsewhere': async (n: number) => {
        ok(await send(tokens.ada, 'addComment', { discussionId: elsewhere, body: `Beside ${n}` }));
        written++;
      },
      'a comment in the discussion': async (n: number) => {
        ok(await send(tokens.ada, 'addComment', { discussionId: source, body: `Here ${n}` }));
        written++;
      },
      'a vote on its comment': async (n: number) => {
        const subjectId = globalId('Comment', comments[n % comments.length]?.id ?? '');
        ok(await send(tokens.ada, 'setVote', { subjectId, direction: 'UP' }));
      },
    };
    const merge = async () =>
      ok(await send(tokens.mod, 'mergeDiscussions', { sourceId: source, destinationId: destination }));
    const unmerge = async () => ok(await send(tokens.mod, 'unmergeDiscussions', { sourceId: source }));
    // once without others, and its undo
    console.log(`${engine}, alone: merged in ${await beside(merge, {})}`);
    console.log(`${engine}, alone: undone in ${await beside(unmerge, {})}`);
    console.log(`${engine}: merged in ${await beside(merge, others)}`);
    console.log(`${engine}: undone in ${await beside(unmerge, others)}`);
    const counted = await post(
      server.url,
      `{ a: discussion(id: "${source}") { commentCount }
      b: discussion(id: "${destination}") { commentCount } c: discussion(id: "${elsewhere}") { commentCount } }`,
      {},
    );
    const counts = Object.values(counted.data as Record<string, { commentCount: number }>);
    expect(counts.reduce((sum, { commentCount }) => sum + commentCount, 0)).toBe(COMMENTS + 101 + written);
    expect(COMMENTS).toBeLessThanOrEqual(MOVED_MAX);
    expect(await brokenAtRest(database.db)).toEqual([]);
  }, 300_000);
});
