import { beforeEach, describe, expect, test } from 'vitest';
import { statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import type { Forum } from '../../support/forum.ts';
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

  const markDuplicate = async (discussionId: string, ofId: string) => {
    const { errors } = await forum.as('mod').do('markDuplicate', { discussionId, ofId }, 'clientMutationId');
    expect(errors).toBeUndefined();
  };
  const done = async (answer: Promise<{ readonly errors?: unknown }>) =>
    expect((await answer).errors).toBeUndefined();
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
