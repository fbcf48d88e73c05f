import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findIndexFault, findIndexFlaws, reindex } from '../../../src/forum/search/index.ts';
import { change, statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const TEXTS = 60;
/** 3,000 characters. A batch ends with the text that exceeds 20,000. It has discussions or comments. */
const BODY = 'lorem ipsum '.repeat(250);

const numbers = (max: string) =>
  `WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < ${max}) SELECT`;
const addWords = change(
  'test.addWords',
  `INSERT INTO search_word (word, n) ${numbers('CAST(? AS INTEGER)')} 'word ' || i, 1 FROM s`,
  { table: 'search_word', sets: null, by: [null] },
);
const words = statement<{ n: number }>('test.words', 'SELECT n FROM search_word WHERE word = ?');
const segments = statement<{ n: number }>(
  'test.segments',
  'SELECT count(DISTINCT segid) AS "n" FROM search_comment_text_idx',
);

describe.each(engines)('reindexing on %s', (engine) => {
  let forum: Forum;
  let discussionId: string;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    const input = { title: 'Long texts', body: BODY };
    const { data } = await forum.as('ada').do('createDiscussion', input, 'discussion { id }');
    discussionId = data.createDiscussion.discussion.id;
    for (let i = 1; i < TEXTS; i++)
      await forum.as('ben').do('addComment', { discussionId, body: `${BODY} ${i}` }, 'comment { id }');
  });
  afterAll(() => forum.close());

  test('takes few texts at once, and reads and writes are answered between two batches', async () => {
    const steps: number[] = [];
    await reindex(forum.db, async (done, of, step) => {
      expect(of).toBe(TEXTS);
      if (step === 'merging') return;
      steps.push(done - steps.reduce((sum, step) => sum + step, 0));
      // the next batch waits for the answer, which must not wait for that
      const edit = { discussionId, title: `Long texts ${steps.length}` };
      const { data } = await forum.as('ada').do('updateDiscussion', edit, 'discussion { title }');
      expect(data.updateDiscussion.discussion.title).toBe(edit.title);
    });
    expect(steps).toEqual([1, 7, 7, 7, 7, 7, 7, 7, 7, 3]);
    expect(await findIndexFault(forum.db)).toBeNull();
    for await (const flaw of findIndexFlaws(forum.db)) throw new Error(flaw.message);
    const { data } = await forum.ask('{ search(query: "in:title texts") { totalCount } }');
    expect(data.search.totalCount).toBe(1);
  });

  test.runIf(engine === 'sqlite')('merges what the batches have written', async () => {
    await reindex(forum.db);
    expect(await forum.db.read.all(segments, [])).toEqual([{ n: 1 }]);
    const { data } = await forum.ask('{ search(query: "lorem", type: COMMENT) { totalCount } }');
    expect(data.search.totalCount).toBe(TEXTS - 1);
  });

  test.runIf(engine === 'sqlite')('stops while it merges, and goes on there', async () => {
    const stop = new Error('stop');
    const stopped = reindex(forum.db, (done, of, step) => {
      if (step !== 'merging') return;
      expect([done, of]).toEqual([TEXTS, TEXTS]);
      throw stop;
    });
    await expect(stopped).rejects.toBe(stop);
    expect(await findIndexFault(forum.db)).toBe('The last reindexing was not finished');
    expect(await reindex(forum.db)).toEqual({ texts: 0, isResumed: true });
    expect(await findIndexFault(forum.db)).toBeNull();
    expect(await forum.db.read.all(segments, [])).toEqual([{ n: 1 }]);
  });

  test('empties a large index in batches', async () => {
    await forum.db.transaction(async (tx) => tx.run(addWords, [5_000]));
    const done: number[] = [];
    await reindex(forum.db, (texts) => void done.push(texts));
    // 2,000 words at a time on SQLite; PostgreSQL's writers do not wait for the deletion
    expect(done.filter((texts) => texts === 0)).toHaveLength(engine === 'sqlite' ? 2 : 0);
    expect(await forum.db.read.all(words, ['lorem'])).toHaveLength(1);
    expect(await forum.db.read.all(words, ['word 4999'])).toEqual([]);
  });

  test('is unfinished, and begins anew, if it is stopped while it empties the index', async () => {
    await forum.db.transaction(async (tx) => tx.run(addWords, [5_000]));
    const stop = new Error('stop');
    const stopped = reindex(forum.db, () => {
      throw stop;
    });
    await expect(stopped).rejects.toBe(stop);
    expect(await findIndexFault(forum.db)).toBe('The last reindexing was not finished');
    // on PostgreSQL it was stopped after the first text
    const again = { texts: TEXTS, isResumed: false };
    const resumed = { texts: TEXTS - 1, isResumed: true };
    expect(await reindex(forum.db)).toEqual(engine === 'sqlite' ? again : resumed);
    expect(await forum.db.read.all(words, ['word 4999'])).toEqual([]);
    expect(await findIndexFault(forum.db)).toBeNull();
  });
});
