import { beforeEach, describe, expect, test } from 'vitest';
import { statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import type { Forum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { type mergingIn, useMerging } from './merged-forum.ts';

/** SQLite's index: texts that are found by a window of it, and that are no more. */
const orphans = statement<{ n: number }>(
  'test.orphansOfIndex',
  `SELECT rowid AS n FROM search_comment_text WHERE search_comment_text MATCH '"__a" *'
    AND rowid NOT IN (SELECT n FROM search_entry)`,
);

describe.each(engines)('merges of merges on %s', (engine) => {
  const merging = useMerging(engine);
  let forum: Forum;
  let tools: ReturnType<typeof mergingIn>;
  let [a, b, c] = ['', '', ''];
  beforeEach(() => {
    ({ forum, tools, a, b, c } = merging());
  });

  const markDuplicate = (discussionId: string, originalId: string) =>
    done(write('markDuplicate', { discussionId, originalId }));
  const done = async (answer: Promise<{ readonly errors?: unknown }>) =>
    expect((await answer).errors).toBeUndefined();
  const write = (mutation: string, input: object) =>
    forum.as('mod').do(mutation, { ...input }, 'clientMutationId');
  const originalOf = async (id: string) =>
    (await forum.ask(`{ discussion(id: "${id}") { id duplicateOf { id } } }`)).data.discussion;
  const mergedIntoOf = async (id: string) =>
    (await forum.ask(`{ node(id: "${id}") { ... on Discussion { mergedInto { id } } } }`)).data.node
      .mergedInto;

  test('a duplicate of a source that was merged itself stays merged when the source is restored', async () => {
    await markDuplicate(c, a);
    await done(tools.merge(a, b));
    await done(tools.merge(c, b));
    await done(tools.unmerge(a));
    expect([await mergedIntoOf(a), await mergedIntoOf(c)]).toEqual([null, { id: b }]);
    await done(tools.unmerge(c));
    expect(await originalOf(c)).toEqual({ id: c, duplicateOf: { id: a } });
  });

  test('markDuplicate takes a merged original for the one that it was merged into, while that can be seen', async () => {
    await done(tools.merge(b, c));
    await markDuplicate(a, b);
    expect(await originalOf(a)).toEqual({ id: a, duplicateOf: { id: c } });
    const rows = await rowsOf(forum.db);
    const refusal = async (discussionId: string) =>
      refusalOf(await write('markDuplicate', { discussionId, originalId: b }));
    // itself
    expect(await refusal(c)).toEqual({ code: 'CONFLICT', field: 'input.originalId' });
    expect(await rowsOf(forum.db)).toEqual(rows);
    await done(write('deleteDiscussion', { discussionId: c }));
    expect(await refusal(a)).toEqual({ code: 'NOT_FOUND', field: 'input.originalId' });
  });

  test('a merge can be undone again when that of its destination has been', async () => {
    const isUndoable = async (id: string) => {
      const query = `{ node(id: "${id}") { ... on Discussion { mergeUndoEndsAt } } }`;
      return (await forum.ask(query)).data.node.mergeUndoEndsAt !== null;
    };
    await done(tools.merge(a, b));
    expect(await isUndoable(a)).toBe(true);
    await done(tools.merge(b, c));
    expect([await isUndoable(a), await isUndoable(b)]).toEqual([false, true]);
    expect(refusalOf(await tools.unmerge(a)).code).toBe('CONFLICT');
    await done(tools.unmerge(b));
    expect(await isUndoable(a)).toBe(true);
    await done(tools.unmerge(a));
    expect(await isUndoable(a)).toBe(false);
  });

  test('a duplicate goes back to its original whatever was done to the mark of the destination', async () => {
    const { d } = merging();
    // the destination is a duplicate, and no longer: the duplicate of the source stays with the original of that
    await markDuplicate(c, a);
    await markDuplicate(b, d);
    await done(tools.merge(a, b));
    expect((await originalOf(c)).duplicateOf).toEqual({ id: d });
    await done(write('unmarkDuplicate', { discussionId: b }));
    await done(tools.unmerge(a));
    expect((await originalOf(c)).duplicateOf).toEqual({ id: a });
    // it becomes one, and no longer
    await done(tools.merge(a, b));
    await markDuplicate(b, d);
    await done(write('unmarkDuplicate', { discussionId: b }));
    expect((await originalOf(c)).duplicateOf).toEqual({ id: d });
    await done(tools.unmerge(a));
    expect((await originalOf(c)).duplicateOf).toEqual({ id: a });
  });

  test('a duplicate that was marked anew stays where it was put, and one that was reopened stays open', async () => {
    const { d } = merging();
    await markDuplicate(c, a);
    await done(tools.merge(a, b));
    await markDuplicate(c, d);
    await done(tools.unmerge(a));
    expect((await originalOf(c)).duplicateOf).toEqual({ id: d });
    await markDuplicate(c, a);
    await done(tools.merge(a, b));
    await done(write('reopenDiscussion', { discussionId: c }));
    await done(tools.unmerge(a));
    expect((await originalOf(c)).duplicateOf).toBeNull();
  });

  test('no merge makes a circle, through whatever discussions', async () => {
    const { d } = merging();
    await done(tools.merge(a, b));
    await done(tools.merge(b, c));
    await done(tools.merge(c, d));
    const rows = await rowsOf(forum.db);
    for (const earlier of [a, b, c])
      expect(refusalOf(await tools.merge(d, earlier))).toEqual({
        ...{ code: 'CONFLICT', field: 'input.destinationId' },
      });
    expect(await rowsOf(forum.db)).toEqual(rows);
  });

  test.runIf(engine === 'sqlite')(
    'a comment that is a question again leaves nothing in the index',
    async () => {
      await done(tools.merge(a, b));
      await done(tools.unmerge(a));
      expect(await forum.db.read.all(orphans, [])).toEqual([]);
    },
  );

  test('after all undos, each discussion is what it was', async () => {
    const last = merging().d;
    await markDuplicate(a, last);
    await done(tools.merge(a, b));
    await done(tools.merge(b, last));
    expect([await mergedIntoOf(a), await mergedIntoOf(b)]).toEqual([{ id: last }, { id: last }]);
    await done(tools.unmerge(b));
    expect(await mergedIntoOf(a)).toEqual({ id: b });
    await done(tools.unmerge(a));
    expect(await originalOf(a)).toEqual({ id: a, duplicateOf: { id: last } });
  });
});
