import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fixture, openFixture } from '../api/comment/fixture.ts';
import { engines } from '../support/database.ts';
import { threadDocument } from '../support/documents.ts';
import { type Forum, openForum } from '../support/forum.ts';

const draft = {
  title: 'What was said?',
  comments: [
    { body: 'one', net: 1 },
    { body: 'two', more: ['Reply to: Comment 1'] },
    { body: 'three' },
    { body: 'four', more: ['Accepted answer: yes'] },
  ],
};
const COMMENT = 'id body revision lastEditedAt isDeleted isAnswer isOfficial netUpvotes descendantCount';
const QUERY = `{ discussion(slug: "what-was-said") { id commentCount answer { id } answeredBy { name } answerRevision
  isAnswerChanged comments(orderBy: OLDEST) { totalCount nodes { ${COMMENT} replies { nodes { ${COMMENT} } } } } } }`;

describe.each(engines)('a document imported again after local edits on %s', (engine) => {
  let forum: Forum;
  let fixture: Fixture;
  let ids: Record<string, string>;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    fixture = await openFixture(forum);
    await forum.load(threadDocument(draft));
    const rows = await forum.db.write((tx) => tx.comment.findMany({ select: { id: true, body: true } }));
    ids = Object.fromEntries(rows.map(({ id, body }) => [body, `C_${id}`]));
  });
  afterAll(() => forum.close());

  const act = async (mutation: string, input: Record<string, unknown>) =>
    expect((await fixture.do('mod', mutation, input)).errors).toBeUndefined();

  test('changes no edit, deletion, mark or answer', async () => {
    const commentIds = (body: string) => ({ commentId: ids[body] });
    expect((await forum.ask(QUERY)).data.discussion).toMatchObject({
      ...{ answer: { id: ids['four'] }, answeredBy: null, answerRevision: 1, isAnswerChanged: false },
    });
    await act('updateComment', { ...commentIds('one'), body: 'one, edited', isOfficial: true });
    await act('updateComment', { ...commentIds('four'), body: 'four, edited' });
    expect((await forum.ask(QUERY)).data.discussion.isAnswerChanged).toBe(true);
    await act('markCommentAsAnswer', commentIds('two'));
    await act('deleteComment', commentIds('one'));
    await act('deleteComment', commentIds('three'));
    const [before, seen] = [await fixture.rows(), await forum.ask(QUERY)];
    await forum.load(threadDocument(draft));
    expect(await fixture.rows()).toEqual(before);
    expect(await forum.ask(QUERY)).toEqual(seen);
    await act('deleteComment', commentIds('two'));
    await forum.load(threadDocument(draft));
    expect((await forum.ask(QUERY)).data.discussion.answer).toBeNull();
    expect(await fixture.findings()).toEqual([]);
  });

  test('adds its new votes and replies, and counts them with the remaining ones', async () => {
    const more = { body: 'five', more: ['Reply to: Comment 3'] };
    const [one, two, three, four] = draft.comments;
    const comments = [{ ...one, net: 6 }, two, three, four, more] as typeof draft.comments;
    await forum.load(threadDocument({ ...draft, comments }));
    const { discussion } = (await forum.ask(QUERY)).data;
    expect(discussion).toMatchObject({ commentCount: 2, answer: null });
    const place = discussion.comments.nodes.find((comment: { id: string }) => comment.id === ids['three']);
    expect(place).toMatchObject({ isDeleted: true, body: '', replies: { nodes: [{ body: 'five' }] } });
    await act('restoreComment', { commentId: ids['one'] });
    expect(await fixture.see(ids['one'] ?? '', COMMENT)).toMatchObject({
      ...{ body: 'one, edited', revision: 2, isOfficial: true, netUpvotes: 6 },
    });
    expect(await fixture.findings()).toEqual([]);
  });

  test('does not accept a deleted comment as the answer', async () => {
    const deleted = { body: 'never', more: ['Accepted answer: yes', 'Deleted: yes'] };
    await forum.load(threadDocument({ title: 'Was it never?', comments: [deleted] }));
    const { data } = await forum.ask('{ discussion(slug: "was-it-never") { isAnswered answer { id } } }');
    expect(data.discussion).toEqual({ isAnswered: false, answer: null });
    expect(await fixture.findings()).toEqual([]);
  });
});
