import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deleteRows, statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Answer, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';

const events = statement<{ action: string; commentId: string; actorId: string | null }>(
  'test.cleared',
  `SELECT action, comment_id AS "commentId", actor_id AS "actorId" FROM moderation_event WHERE discussion_id = ?
    ORDER BY comment_id`,
);

describe.each(engines)('an official comment on %s', (engine) => {
  let forum: Forum;
  let [x, y, z] = ['', '', ''];
  let discussionId = '';
  let vendors = 0;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    const product = async (name: string) =>
      (await forum.as('root').do('createProduct', { name }, 'product { id }')).data.createProduct.product.id;
    [x, y, z] = [await product('X'), await product('Y'), await product('Z')];
  });
  afterAll(() => forum.close());
  beforeEach(async () => {
    const input = { title: 'T', body: 'B', productId: x };
    const made = await forum.as('ada').do('createDiscussion', input, 'discussion { id }');
    discussionId = made.data.createDiscussion.discussion.id;
  });

  const represents = async (name: string, productIds: string[], role = 'VENDOR') => {
    const authorId = await forum.as(name).id();
    const input = { authorId, role, ...(role === 'VENDOR' && { productIds }) };
    expect((await forum.as('root').do('setAuthorRole', input, 'author { id }')).errors).toBeUndefined();
  };
  const vendor = async (...productIds: string[]) => {
    const name = `vendor ${engine} ${++vendors}`;
    await represents(name, productIds);
    return name;
  };
  const say = async (by: string, input: object = { isOfficial: true }) => {
    const sent = { discussionId, body: 'We say.', ...input };
    const answer = await forum.as(by).do('addComment', sent, 'comment { id }');
    expect(answer.errors).toBeUndefined();
    return answer.data.addComment.comment.id as string;
  };
  const isOfficial = async (id: string) =>
    (await forum.ask('query ($id: ID!) { node(id: $id) { ... on Comment { isOfficial } } }', { id })).data
      .node.isOfficial;
  const logged = async () =>
    (await forum.db.read.all(events, [discussionId.slice(2)])).map(({ commentId }) => `C_${commentId}`);
  const move = (productId: string | null, by = 'ada') =>
    forum.as(by).do('updateDiscussion', { discussionId, productId }, 'discussion { product { id } }');

  test('is one no longer when its author stops representing the product', async () => {
    const name = await vendor(x, z);
    const id = await say(name);
    expect(await isOfficial(id)).toBe(true);
    await represents(name, [x]);
    expect(await isOfficial(id)).toBe(true);
    expect(await logged()).toEqual([]);
    await represents(name, [y]);
    expect(await isOfficial(id)).toBe(false);
    const [event] = await forum.db.read.all(events, [discussionId.slice(2)]);
    const actorId = (await forum.as('root').id()).slice(2);
    expect(event).toEqual({ action: 'CLEAR_OFFICIAL', commentId: id.slice(2), actorId });
    // for good: the role alone does not bring it back
    await represents(name, [x]);
    expect(await isOfficial(id)).toBe(false);
  });

  test.each(['MEMBER', 'MODERATOR', 'ADMIN'])(
    'is one no longer when its author becomes a %s',
    async (role) => {
      const name = await vendor(x);
      const id = await say(name);
      await represents(name, [], role);
      expect(await isOfficial(id)).toBe(false);
      expect(await logged()).toEqual([id]);
    },
  );

  test('is one no longer when its discussion moves to a product, or none, that its author does not represent', async () => {
    const [ofX, ofBoth] = [await vendor(x), await vendor(x, y)];
    const [one, both] = [await say(ofX), await say(ofBoth)];
    const marked = await say('ben', {});
    await forum.as('mod').do('updateComment', { commentId: marked, isOfficial: true }, 'comment { id }');
    expect((await move(y)).errors).toBeUndefined();
    expect([await isOfficial(one), await isOfficial(both), await isOfficial(marked)]).toEqual([
      false,
      true,
      false,
    ]);
    expect((await logged()).sort()).toEqual([one, marked].sort());
    expect((await move(null)).errors).toBeUndefined();
    expect(await isOfficial(both)).toBe(false);
    expect((await move(x)).errors).toBeUndefined();
    expect([await isOfficial(one), await isOfficial(both)]).toEqual([false, false]);
  });

  test('is one no longer when a merge, its undo or a split brings it to a product that its author does not represent', async () => {
    const mod = forum.as('mod');
    const start = { title: 'Destination', body: 'B', productId: y };
    const destination = (await mod.do('createDiscussion', start, 'discussion { id }')).data.createDiscussion
      .discussion.id;
    const [ofX, ofY] = [await vendor(x), await vendor(y)];
    const top = await say('ben', {});
    const merged = await say(ofX, { isOfficial: true, replyToId: top });
    const merge = { sourceId: discussionId, destinationId: destination };
    expect((await mod.do('mergeDiscussions', merge, 'source { id }')).errors).toBeUndefined();
    expect(await isOfficial(merged)).toBe(false);
    const later = await say(ofY, { discussionId: destination, isOfficial: true, replyToId: top });
    const undo = await mod.do('unmergeDiscussions', { sourceId: discussionId }, 'source { id }');
    expect(undo.errors).toBeUndefined();
    expect(await isOfficial(later)).toBe(false);
    const stays = await say(ofX);
    const leaves = await say(ofX, { isOfficial: true, replyToId: top });
    const split = { commentIds: [top], title: 'Split off', productId: y };
    expect((await mod.do('splitDiscussion', split, 'source { id }')).errors).toBeUndefined();
    expect([await isOfficial(stays), await isOfficial(leaves)]).toEqual([true, false]);
  });

  test('that is deleted comes back without the mark if the right has gone meanwhile', async () => {
    const name = await vendor(x);
    const commentId = await say(name);
    await forum.as(name).do('deleteComment', { commentId }, 'deletedCommentId');
    await represents(name, [y]);
    await forum.as(name).do('restoreComment', { commentId }, 'comment { id }');
    expect(await isOfficial(commentId)).toBe(false);
  });

  test('of others, in other discussions and of other products stays as it is', async () => {
    const [name, other] = [await vendor(x, y), await vendor(x)];
    const [mine, theirs] = [await say(name), await say(other)];
    const asked = await forum
      .as('ada')
      .do('createDiscussion', { title: 'Y', body: 'B', productId: y }, 'discussion { id }');
    const ofY = await say(name, {
      discussionId: asked.data.createDiscussion.discussion.id,
      isOfficial: true,
    });
    await represents(name, [y]);
    expect([await isOfficial(mine), await isOfficial(theirs), await isOfficial(ofY)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('is edited by its author only as a vendor of the product, and a refusal writes nothing', async () => {
    const name = await vendor(x);
    const commentId = await say(name);
    const edit = (by: string, body: string) =>
      forum.as(by).do('updateComment', { commentId, body }, 'comment { id }');
    expect((await edit(name, 'We say more.')).errors).toBeUndefined();
    // marked by a moderator: its author has never been a vendor
    const plain = await say('ben', {});
    await forum.as('mod').do('updateComment', { commentId: plain, isOfficial: true }, 'comment { id }');
    const refused = { code: 'FORBIDDEN', field: 'input.commentId' };
    const before = await rowsOf(forum.db);
    for (const [mutation, input] of [
      ['updateComment', { commentId: plain, body: 'They pay me.' }],
      ['restoreCommentRevision', { commentId: plain, revision: 1 }],
    ] as const)
      expect(refusalOf(await forum.as('ben').do(mutation, input, 'comment { id }'))).toEqual(refused);
    expect(await rowsOf(forum.db)).toEqual(before);
    const CAN = 'query ($id: ID!) { node(id: $id) { ... on Comment { viewerCan { update { code } } } } }';
    expect((await forum.as('ben').ask(CAN, { id: plain })).data.node.viewerCan.update.code).toBe('FORBIDDEN');
    expect(
      (await forum.as('mod').do('updateComment', { commentId: plain, body: 'M' }, 'comment { id }')).errors,
    ).toBeUndefined();
    expect((await forum.as(name).ask(CAN, { id: commentId })).data.node.viewerCan.update.code).toBe(null);
    await represents(name, [y]);
    // the text is the author's own again, without the mark
    expect((await edit(name, 'I say.')).errors).toBeUndefined();
    expect(await isOfficial(commentId)).toBe(false);
  });

  test('is not written by a vendor whose role has ended since they were let in', async () => {
    const name = await vendor(x);
    const commentId = await say(name, {});
    const authorId = (await forum.as(name).id()).slice(2);
    const before = await rowsOf(forum.db);
    const sent = await forum.db.transaction(async (tx) => {
      await deleteRows(tx, 'vendor_product', { authorId });
      const input = { discussionId, body: 'We say.', isOfficial: true };
      const answers = [
        forum.as(name).do('addComment', input, 'comment { id }'),
        forum.as(name).do('updateComment', { commentId, isOfficial: true }, 'comment { id }'),
      ];
      // until they have been let in, and wait for us
      await sleep(300);
      return { answers };
    });
    for (const answer of (await Promise.all(sent.answers)) as Answer[])
      expect(refusalOf(answer)).toEqual({ code: 'FORBIDDEN', field: 'input.isOfficial' });
    expect(await rowsOf(forum.db)).toEqual(before);
  });

  test('is never left by a role that ends at the same moment', async () => {
    for (let round = 0; round < 8; round++) {
      const name = await vendor(x);
      const send = () =>
        forum
          .as(name)
          .do('addComment', { discussionId, body: 'W', isOfficial: true }, 'comment { id isOfficial }');
      const [, ...said] = await Promise.all([represents(name, [y]), send(), send(), send()]);
      for (const { data, errors } of said) {
        if (errors) expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
        else expect(await isOfficial(data.addComment.comment.id)).toBe(false);
      }
    }
  });

  test('is never left by a discussion that moves at the same moment', async () => {
    const name = await vendor(x);
    for (let round = 0; round < 4; round++) {
      const send = () =>
        forum.as(name).do('addComment', { discussionId, body: 'W', isOfficial: true }, 'comment { id }');
      const [, ...said] = await Promise.all([move(y), send(), send()]);
      for (const { data, errors } of said)
        if (!errors) expect(await isOfficial(data.addComment.comment.id)).toBe(false);
      await move(x);
    }
  });
});
