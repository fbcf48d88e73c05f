import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { ask, keepOnly, plantGarden } from './discussion-cast.ts';

const MARK = `discussion { id isClosed closeReason closedAt closedBy { name } duplicateOf { id } }
  original { id duplicates { totalCount nodes { id } } } previousOriginal { id duplicates { totalCount } }`;
const UNMARK = 'discussion { id isClosed closeReason duplicateOf { id } } previousOriginal { id }';
const NOW = CAPTURED_AT.toISOString();
const NONE = 'D_00000000000000000000000000';

const chained = statement<{ id: string }>(
  'test.chainedDuplicates',
  `SELECT d.id FROM discussion d JOIN discussion o ON o.id = d.duplicate_of_id
    WHERE o.duplicate_of_id IS NOT NULL OR d.close_reason <> 'DUPLICATE'`,
);

describe.each(engines)('duplicates on %s', (engine) => {
  let forum: Forum;
  let garden: Awaited<ReturnType<typeof plantGarden>>;
  let [a, b, c, d] = ['', '', '', ''];
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    garden = await plantGarden(forum);
    await keepOnly(forum, forum.as('fay'), garden.fruit);
    await keepOnly(forum, forum.as('rue'), garden.roots);
    for (const name of ['ada', 'ben', 'vic', 'mod', 'root']) await forum.as(name).token();
  });
  afterAll(() => forum.close());
  beforeEach(async () => {
    const made: string[] = [];
    for (const _ of 'abcd') {
      made.push(await ask(forum.as('ada'), { categoryId: garden.fruit }));
      forum.wait(1);
    }
    [a, b, c, d] = made as [string, string, string, string];
    forum.wait(-4);
  });

  const mark = (discussionId: string, originalId: string, by = 'mod') =>
    forum.as(by).do('markDuplicate', { discussionId, originalId }, MARK);
  const unmark = (discussionId: string, by = 'mod') =>
    forum.as(by).do('unmarkDuplicate', { discussionId }, UNMARK);
  const originalOf = async (id: string) => {
    const query = 'query ($id: ID!) { discussion(id: $id) { duplicateOf { id } } }';
    return (await forum.ask(query, { id })).data.discussion.duplicateOf?.id ?? null;
  };
  const duplicatesOf = async (id: string) => {
    const query = 'query ($id: ID!) { discussion(id: $id) { duplicates { totalCount nodes { id } } } }';
    const { nodes, totalCount } = (await forum.ask(query, { id })).data.discussion.duplicates;
    expect(totalCount).toBe(nodes.length);
    return nodes.map((one: { id: string }) => one.id);
  };

  test('markDuplicate closes the discussion and shows its original; unmarkDuplicate reopens it; repeats change nothing', async () => {
    const first = await mark(a, b, 'ada');
    expect(first.data.markDuplicate).toEqual({
      discussion: {
        ...{ id: a, isClosed: true, closeReason: 'DUPLICATE', closedAt: NOW },
        ...{ closedBy: { name: 'ada' }, duplicateOf: { id: b } },
      },
      original: { id: b, duplicates: { totalCount: 1, nodes: [{ id: a }] } },
      previousOriginal: null,
    });
    const rows = await rowsOf(forum.db);
    forum.wait(1000);
    expect((await mark(a, b, 'ada')).data).toEqual(first.data);
    expect(await rowsOf(forum.db)).toEqual(rows);
    forum.wait(-1000);
    const open = { id: a, isClosed: false, closeReason: null, duplicateOf: null };
    expect((await unmark(a, 'ada')).data.unmarkDuplicate).toEqual({
      ...{ discussion: open, previousOriginal: { id: b } },
    });
    expect((await unmark(a, 'ada')).data.unmarkDuplicate).toEqual({
      ...{ discussion: open, previousOriginal: null },
    });
    expect(await duplicatesOf(b)).toEqual([]);
  });

  test('another mark replaces the first, and who closed it stays', async () => {
    await forum.as('fay').do('closeDiscussion', { discussionId: a, reason: 'OUTDATED' }, 'discussion { id }');
    await mark(a, b);
    const { discussion, original, previousOriginal } = (await mark(a, c)).data.markDuplicate;
    expect(discussion).toMatchObject({ closeReason: 'DUPLICATE', closedBy: { name: 'fay' } });
    expect(original).toEqual({ id: c, duplicates: { totalCount: 1, nodes: [{ id: a }] } });
    expect(previousOriginal).toEqual({ id: b, duplicates: { totalCount: 0 } });
  });

  test('the mark of a moderator is not for the author to remove, though the author closed or marked it first', async () => {
    await forum.as('ada').do('closeDiscussion', { discussionId: a }, 'discussion { id }');
    await mark(b, c, 'ada');
    for (const id of [a, b]) {
      expect((await mark(id, c)).data.markDuplicate.discussion.closedBy).toEqual({ name: 'mod' });
      const rows = await rowsOf(forum.db);
      for (const undo of ['unmarkDuplicate', 'reopenDiscussion', 'closeDiscussion']) {
        const answer = await forum.as('ada').do(undo, { discussionId: id }, 'discussion { id }');
        expect(refusalOf(answer)).toEqual({ code: 'FORBIDDEN', field: 'input.discussionId' });
      }
      expect(await rowsOf(forum.db)).toEqual(rows);
    }
  });

  test('a duplicate of a duplicate is one of its original, and so are the duplicates of a new duplicate, newest first', async () => {
    await mark(a, b);
    const { discussion, original } = (await mark(c, a)).data.markDuplicate;
    expect([discussion.duplicateOf.id, original.id]).toEqual([b, b]);
    expect(await duplicatesOf(b)).toEqual([c, a]);
    await mark(b, d);
    expect(await duplicatesOf(d)).toEqual([c, b, a]);
    expect(await duplicatesOf(b)).toEqual([]);
    await unmark(b);
    expect([await originalOf(a), await originalOf(b), await originalOf(c)]).toEqual([d, null, d]);
  });

  test('what is reopened, or closed for another reason, is no duplicate any longer', async () => {
    const CLOSE = 'discussion { duplicateOf { id } } previousOriginal { id }';
    for (const [mutation, reason] of [
      ['reopenDiscussion', undefined],
      ['closeDiscussion', { reason: 'RESOLVED' }],
      ['closeDiscussion', {}],
    ] as const) {
      await mark(a, b);
      const answer = await forum.as('mod').do(mutation, { discussionId: a, ...reason }, CLOSE);
      expect(answer.data[mutation]).toEqual({
        discussion: { duplicateOf: null },
        previousOriginal: { id: b },
      });
    }
    await mark(a, b);
    const closed = await forum
      .as('mod')
      .do('closeDiscussion', { discussionId: a, reason: 'DUPLICATE' }, CLOSE);
    expect(closed.data.closeDiscussion).toEqual({
      discussion: { duplicateOf: { id: b } },
      previousOriginal: null,
    });
  });

  test('a deleted original is not shown, comes back with its restoration, and nothing else can become its duplicate', async () => {
    await mark(a, b);
    await forum.as('mod').do('deleteDiscussion', { discussionId: b }, 'deletedDiscussionId');
    expect(await originalOf(a)).toBeNull();
    const rows = await rowsOf(forum.db);
    expect(refusalOf(await mark(c, a))).toEqual({ code: 'CONFLICT', field: 'input.originalId' });
    expect(refusalOf(await mark(c, b))).toEqual({ code: 'NOT_FOUND', field: 'input.originalId' });
    expect(refusalOf(await mark(b, c))).toEqual({ code: 'NOT_FOUND', field: 'input.discussionId' });
    expect(await rowsOf(forum.db)).toEqual(rows);
    await forum.as('mod').do('restoreDiscussion', { discussionId: b }, 'discussion { id }');
    expect(await originalOf(a)).toBe(b);
    await forum.as('mod').do('deleteDiscussion', { discussionId: a }, 'deletedDiscussionId');
    expect(await duplicatesOf(b)).toEqual([]);
  });

  test('isDuplicate filters lists', async () => {
    await mark(a, b);
    const found = async (isDuplicate: boolean) => {
      const query = `{ category(slug: "fruit") { discussions(first: 100, filter: { isDuplicate: ${isDuplicate} }) { nodes { id } } } }`;
      const { data } = await forum.ask(query);
      return data.category.discussions.nodes.map(({ id }: { id: string }) => id);
    };
    expect(await found(true)).toContain(a);
    expect(await found(true)).not.toContain(b);
    expect(await found(false)).toContain(b);
    expect(await found(false)).not.toContain(a);
  });

  test('marks that would make a circle, made at once, leave originals that are no duplicates', async () => {
    for (let round = 0; round < 5; round++) {
      const pairs = [
        [a, b],
        [b, c],
        [c, d],
        [d, a],
        [b, a],
        [a, c],
      ] as const;
      const answers = await Promise.all(pairs.map(([one, other]) => mark(one, other)));
      for (const answer of answers) {
        if (answer.errors) expect(refusalOf(answer)).toEqual({ code: 'CONFLICT', field: 'input.originalId' });
      }
      expect(answers.some(({ errors }) => !errors)).toBe(true);
      expect(await forum.db.read.all(chained, [])).toEqual([]);
      const originals = await Promise.all([a, b, c, d].map(originalOf));
      const [original] = originals.filter((id) => id !== null);
      expect(originals.filter((id) => id === null)).toHaveLength(1);
      expect(await duplicatesOf(original ?? '')).toHaveLength(3);
      for (const id of [a, b, c, d]) await unmark(id);
    }
  });

  test('a mark at once with the deletion of its original, or with a reopening, is as if one came first', async () => {
    for (let round = 0; round < 5; round++) {
      const [marked] = await Promise.all([
        mark(a, b),
        forum.as('mod').do('deleteDiscussion', { discussionId: b }, 'deletedDiscussionId'),
        forum.as('mod').do('reopenDiscussion', { discussionId: a }, 'discussion { id }'),
      ]);
      if (marked.errors) expect(refusalOf(marked)).toEqual({ code: 'NOT_FOUND', field: 'input.originalId' });
      await forum.as('mod').do('restoreDiscussion', { discussionId: b }, 'discussion { id }');
      expect(await forum.db.read.all(chained, [])).toEqual([]);
      await unmark(a);
    }
  });

  test('more than 100 duplicates do not move at once', async () => {
    const many: string[] = [];
    for (let n = 0; n < 100; n++) many.push(await ask(forum.as('ben')));
    for (const id of many) await mark(id, a);
    const rest = await ask(forum.as('ben'));
    expect((await mark(a, b)).data.markDuplicate.original.duplicates.totalCount).toBe(101);
    const rows = await rowsOf(forum.db);
    expect(refusalOf(await mark(b, c))).toEqual({ code: 'CONFLICT', field: 'input.discussionId' });
    expect(await rowsOf(forum.db)).toEqual(rows);
    expect((await mark(rest, a)).data.markDuplicate.original.id).toBe(b);
  });

  test('refuses those who may not, unknown ids and circles, and writes nothing', async () => {
    await mark(c, d);
    const rows = await rowsOf(forum.db);
    const guest = await forum.do('markDuplicate', { discussionId: a, originalId: b }, 'clientMutationId');
    expect(refusalOf(guest)).toEqual({ code: 'UNAUTHENTICATED' });
    const FORBIDDEN = { code: 'FORBIDDEN', field: 'input.discussionId' };
    for (const by of ['ben', 'vic', 'rue']) {
      expect(refusalOf(await mark(a, b, by))).toEqual(FORBIDDEN);
      expect(refusalOf(await unmark(c, by))).toEqual(FORBIDDEN);
    }
    // somebody else closed it
    expect(refusalOf(await unmark(c, 'ada'))).toEqual(FORBIDDEN);
    for (const [discussionId, originalId, refusal] of [
      [a, a, { code: 'BAD_USER_INPUT', field: 'input.originalId' }],
      [d, c, { code: 'CONFLICT', field: 'input.originalId' }],
      [a, NONE, { code: 'NOT_FOUND', field: 'input.originalId' }],
      [NONE, a, { code: 'NOT_FOUND', field: 'input.discussionId' }],
      [a, 'no', { code: 'NOT_FOUND', field: 'input.originalId' }],
    ] as const)
      expect(refusalOf(await mark(discussionId, originalId))).toEqual(refusal);
    expect(refusalOf(await unmark(NONE))).toEqual({ code: 'NOT_FOUND', field: 'input.discussionId' });
    expect(await rowsOf(forum.db)).toEqual(rows);
    await forum.as('fay').do('lockDiscussion', { discussionId: a }, 'discussion { id }');
    expect(refusalOf(await mark(a, b, 'ada'))).toEqual({ code: 'LOCKED', field: 'input.discussionId' });
    for (const by of ['fay', 'mod', 'root']) expect((await mark(a, b, by)).errors).toBeUndefined();
  });
});
