import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/store/ids.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { threadDocument } from '../support/documents.ts';
import { AS_OF, importing } from './imported.ts';
import { allRows } from './rows.ts';

const DAY_MS = 86_400_000;

describe.each(engines)('importing a document again on %s', (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
  });
  afterAll(() => opened.close());

  const { load, loadText, found, byBody } = importing(() => opened);

  test('the same document twice changes no row', async () => {
    const draft = {
      title: 'Twice?',
      product: 'Relay Desk',
      more: ['Mood: hopeful', 'Tags: Cost', 'Pinned: Often asked'],
      comments: [
        { body: 'same' },
        { body: 'same', more: ['Author title: Engineer'] },
        { body: 'reply', more: ['Reply to: Comment 2'] },
      ],
      related: [{ title: 'Is it whole?', url: 'https://example.com/whole' }],
    };
    await load(draft);
    const before = await allRows(opened.db);
    expect((await load(draft)).status).toBe('unchanged');
    expect((await load(draft, new Date(AS_OF.getTime() + 60_000))).status).toBe('unchanged');
    expect(await allRows(opened.db)).toEqual(before);
  });

  test('a newer document adds its comments and updates votes and counts', async () => {
    const url = 'https://example.com/older';
    await load({
      title: 'Newer?',
      more: ['Net upvotes: 1'],
      comments: [{ body: 'old', net: 1 }, { body: 'dropped' }],
      related: [{ title: 'Older', url }],
    });
    const before = await byBody('Newer?', 'old');
    const newer = threadDocument({
      title: 'Newer?',
      more: ['Net upvotes: -5'],
      comments: [
        { body: 'new', more: ['Reply to: Comment 2'] },
        { body: 'old', net: 7 },
      ],
      related: [
        { title: 'First', url: 'https://example.com/first' },
        { title: 'Older', url },
      ],
    });
    expect((await loadText(`${newer}\n  - Comments: 9`)).status).toBe('updated');
    const discussion = await found('Newer?');
    expect(discussion).toMatchObject({
      netUpvotes: -5,
      downvoteCount: 5,
      commentCount: 3,
      topLevelCommentCount: 2,
    });
    expect(await byBody('Newer?', 'old')).toMatchObject({
      id: before.id,
      netUpvotes: 7,
      replyCount: 1,
      directReplyCount: 1,
    });
    expect(await byBody('Newer?', 'new')).toMatchObject({ replyToId: before.id, depth: 1 });
    expect(
      discussion.relatedLinks.map(({ title, importedCommentCount }) => [title, importedCommentCount]),
    ).toEqual([
      ['First', 0],
      ['Older', 9],
    ]);
  });

  test('a corrected title is the one that links find', async () => {
    const more = ['Id: corrected-1'];
    const waiting = [
      { title: 'Corected?', url: 'https://example.com/wrong' },
      { title: 'Corrected?', url: 'https://example.com/right' },
    ];
    await load({ title: 'It links', related: waiting });
    await load({ title: 'Corected?', more });
    const targets = async () => (await found('It links')).relatedLinks.map(({ targetId }) => targetId);
    const { id } = await found('Corected?');
    expect(await targets()).toEqual([id, null]);
    expect((await load({ title: 'Corrected?', more })).status).toBe('updated');
    expect(await found('Corrected?')).toMatchObject({ id, titleKey: 'corrected' });
    expect(await targets()).toEqual([id, id]);
    await load({ title: 'It links too', related: waiting });
    expect((await found('It links too')).relatedLinks.map(({ targetId }) => targetId)).toEqual([null, id]);
  });

  test('a newer document never overwrites local edits', async () => {
    const title = 'Ours?';
    const draft = {
      title,
      more: ['Pinned: Often asked', 'Locked: Spam'],
      comments: [{ body: 'one' }, { body: 'two' }, { body: 'three' }],
    };
    await load(draft);
    const [id, one, two] = [
      (await found(title)).id,
      (await byBody(title, 'one')).id,
      (await byBody(title, 'two')).id,
    ];
    const voter = newId(AS_OF);
    await opened.db.write(async (tx) => {
      await tx.author.create({ data: { id: voter, createdAt: AS_OF } });
      await tx.commentVote.create({
        data: { commentId: one, authorId: voter, value: 1, createdAt: AS_OF, updatedAt: AS_OF },
      });
      await tx.comment.update({ where: { id: one }, data: { body: 'edited', lastEditedAt: AS_OF } });
      await tx.comment.update({ where: { id: two }, data: { deletedAt: AS_OF, deletedById: voter } });
      await tx.discussion.update({
        where: { id },
        data: { body: 'edited too', lastEditedAt: AS_OF, lockedAt: null },
      });
      await tx.pin.delete({ where: { discussionId: id } });
    });
    const comments = [{ body: 'one', net: 4 }, { body: 'two', net: 4 }, { body: 'three' }, { body: 'four' }];
    expect((await load({ ...draft, body: 'rewritten', comments })).status).toBe('updated');
    const after = await found(title);
    expect(after).toMatchObject({ body: 'edited too', lockedAt: null, pin: null, commentCount: 3 });
    expect(after.comments).toHaveLength(4);
    expect(after.comments.find((comment) => comment.id === one)).toMatchObject({
      body: 'edited',
      upvoteCount: 5,
      netUpvotes: 5,
      importedNetVotes: 4,
    });
    expect(after.comments.find((comment) => comment.id === two)).toMatchObject({
      deletedAt: AS_OF,
      deletedById: voter,
    });
  });

  test('an approximate time changes only if it no longer reads as the document’s phrase', async () => {
    const draft = { title: 'When?', postedAt: '3 days', comments: [{ body: 'c', postedAt: '2026-11-20' }] };
    await load(draft);
    const { createdAt } = await found('When?');
    await load(draft, new Date(AS_OF.getTime() + DAY_MS / 4));
    expect((await found('When?')).createdAt).toEqual(createdAt);
    const later = new Date(AS_OF.getTime() + 3 * DAY_MS);
    await load({ ...draft, postedAt: '6 days' }, later);
    expect((await found('When?')).createdAt).toEqual(createdAt);
    await load(draft, later);
    const moved = await found('When?');
    expect(moved.createdAt).toEqual(new Date(createdAt.getTime() + 3 * DAY_MS));
    expect(moved.comments[0]?.createdAt).toEqual(new Date('2026-11-20T00:00:00Z'));
    await load({ ...draft, postedAt: '2026-11-23T10:00:00Z' }, later);
    expect(await found('When?')).toMatchObject({
      createdAt: new Date('2026-11-23T10:00:00Z'),
      createdAtIsApproximate: false,
    });
  });
});
