// Imports of exports beside writes to the same discussions, which all wait for one row before they go on.
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countForum } from '../../src/forum/comment/index.ts';
import { lockAnyDiscussionForUpdate } from '../../src/forum/discussion/index.ts';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { done, imported, linesOf, loadDocument, storedIn } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const topic = (n: number) => ({
  ...{ type: 'discussion', key: `old:${n}`, title: `Topic ${n}`, body: `Question ${n}`, createdAt: AT },
  oldUrls: [`https://old.example/t/${n}`],
});
const post = (n: number, body: string, of = 1) => ({
  ...{ type: 'comment', key: `old:post:${n}`, discussion: `old:${of}`, body, createdAt: AT },
});
const NEWER = [topic(1), topic(2), post(1, 'First'), post(2, 'Second'), post(3, 'New'), post(4, 'Newest', 2)];

describe.each(engines)('on %s', (engine) => {
  let forum: Forum;
  let watch: pg.Client | null;
  let [one, two, first] = ['', '', ''];
  beforeEach(async () => {
    forum = await openForum(engine, 'empty');
    watch = engine === 'postgres' ? new pg.Client({ connectionString: forum.databaseUrl }) : null;
    await watch?.connect();
    for (const n of [1, 2]) {
      const comments = n === 1 ? ['First', 'Second'].map((body) => ({ body, postedAt: AT })) : [];
      const draft = { title: `Topic ${n}`, body: `Question ${n}`, postedAt: AT, comments };
      await loadDocument(forum.db, { ...draft, more: [`URL: https://old.example/t/${n}`] });
    }
    const { data } = await forum.ask(
      '{ one: discussion(slug: "topic-1") { id comments { nodes { id body } } } two: discussion(slug: "topic-2") { id } }',
    );
    [one, two] = [data.one.id, data.two.id];
    first = data.one.comments.nodes.find(({ body }: { body: string }) => body === 'First').id;
    for (const name of ['ben', 'mod']) await forum.as(name).token();
  });
  afterEach(async () => {
    const suspects: unknown[] = [];
    for await (const batch of countForum(forum.db)) suspects.push(...batch.suspects);
    await watch?.end();
    await forum.close();
    expect(suspects).toEqual([]);
  });

  const waiting = async () => {
    // within a transaction the activity is read once
    await watch?.query('SELECT pg_stat_clear_snapshot()');
    const { rows } = (await watch?.query(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )) ?? { rows: [] };
    return rows[0]?.n;
  };
  /** Starts writes one after another while the first discussion is locked, and lets them go on when all of them wait. */
  const race = async (...writes: readonly (() => Promise<unknown>)[]) => {
    const { started } = await forum.db.transaction(async (tx) => {
      await lockAnyDiscussionForUpdate(tx, one.slice(2));
      const started: Promise<unknown>[] = [];
      for (const write of writes) {
        started.push(write());
        // SQLite has one writer at a time, so these wait wherever they are
        if (watch) await expect.poll(waiting, { timeout: 10_000 }).toBe(started.length);
      }
      return { started: Promise.all(started) };
    });
    await started;
  };
  const bodiesIn = async (id: string) => {
    const query = `query ($id: ID!) { discussion(id: $id) { commentCount allComments(first: 100) { nodes { body } } } }`;
    const { commentCount, allComments } = (await forum.ask(query, { id })).data.discussion;
    const bodies = allComments.nodes.map(({ body }: { body: string }) => body).sort();
    expect(commentCount).toBe(bodies.length);
    return bodies;
  };
  const load = (records: readonly object[] = NEWER) => imported(forum.db, linesOf(records));
  const say = () =>
    done(forum.as('ben'), 'addComment', { discussionId: one, body: 'Here' }, 'comment { id }');
  const merge = () =>
    done(forum.as('mod'), 'mergeDiscussions', { sourceId: one, destinationId: two }, 'comment { id }');
  const split = () =>
    done(forum.as('mod'), 'splitDiscussion', { commentIds: [first], title: 'Split' }, 'discussion { id }');
  const inOrders = (write: () => Promise<unknown>) =>
    [
      ['first', () => race(load, write)],
      ['second', () => race(write, load)],
    ] as const;

  test('a comment that is added while an import counts its discussion is counted', async () => {
    await load();
    // the count reads the comments, and then the votes of the discussion
    await watch?.query('BEGIN');
    await watch?.query('LOCK TABLE discussion_vote IN ACCESS EXCLUSIVE MODE');
    const loaded = load([topic(1), { ...post(1, 'First'), importedNetVotes: 7 }]);
    if (watch) await expect.poll(waiting, { timeout: 10_000 }).toBe(1);
    let isSaid = false;
    const said = say().then(() => {
      isSaid = true;
    });
    if (watch)
      await expect.poll(async () => isSaid || (await waiting()) === 2, { timeout: 10_000 }).toBe(true);
    await watch?.query('COMMIT');
    expect((await loaded).records['comment']?.updated).toBe(1);
    await said;
    expect(await bodiesIn(one)).toEqual(['First', 'Here', 'New', 'Second']);
  });

  test.each([
    ['the same order', NEWER],
    ['another order', [topic(2), topic(1), ...NEWER.slice(2).reverse()]],
  ])('two imports of the same discussions in %s add each comment once', async (_, records) => {
    await race(
      () => load(),
      () => load(records),
    );
    expect(await bodiesIn(one)).toEqual(['First', 'New', 'Second']);
    expect(await bodiesIn(two)).toEqual(['Newest']);
  });

  test.each(inOrders(merge))('an import that comes %s follows a merge', async (_, run) => {
    await run();
    expect(await bodiesIn(two)).toEqual(['First', 'New', 'Newest', 'Question 1', 'Second']);
  });

  test.each(inOrders(split))('an import that comes %s follows a split', async (_, run) => {
    await run();
    expect(await bodiesIn(one)).toEqual(['New', 'Second']);
    expect(await storedIn(() => forum.databaseUrl).bodies()).toEqual(['New', 'Newest', 'Second']);
  });
});
