// What must have happened for the screens to have their states.
import type { Account, Forum } from './forum.ts';
import { act, ask, say } from './moderators.ts';

/** What the member has written: a discussion that was edited, with a comment that was edited too and one that was deleted. */
export interface Scene {
  readonly member: Account;
  readonly moderator: Account;
  readonly newcomer: Account;
  readonly slug: string;
  readonly commentId: string;
  /** The first text of the discussion. */
  readonly revisionId: string;
  readonly deletedId: string;
  readonly closedSlug: string;
  /** A duplicate of a discussion with a long title. */
  readonly twinSlug: string;
  readonly longSlug: string;
  /** A discussion of long words into which another one was merged, and from which one was split. */
  readonly moderatedSlug: string;
  readonly goneSlug: string;
  /** A deleted comment of the moderated discussion, with a reply. */
  readonly goneCommentId: string;
}

/** Writes what the screens show. */
export async function makeScene(forum: Forum): Promise<Scene> {
  const word = 'Donaudampfschifffahrtsgesellschaftskapitän';
  const [member, newcomer, wordy] = [
    await forum.account('Axel'),
    await forum.account('Nova'),
    await forum.account(word + word),
  ];
  // a key serves as a session
  const moderator: Account = { ...member, token: await forum.admin() };
  const own = (mutation: string, input: object) => act(forum, member.token, mutation, input);
  const add = ({ token }: Account, id: string, body: string, replyToId?: string) =>
    say(forum, token, id, body, replyToId);

  const plan = { body: 'For **three** people.' };
  const { id: discussionId, slug } = await ask(forum, member.token, 'Which plan has exports?', plan);
  const edit = { discussionId, body: 'For **four** people, and `CSV`.' };
  const revisions = 'discussion { revisions(last: 1) { nodes { id } } }';
  const edited = await act(forum, member.token, 'updateDiscussion', edit, revisions);
  const revisionId: string = edited.discussion.revisions.nodes[0].id;
  const commentId = await add(member, discussionId, 'The second one?');
  await own('updateComment', { commentId, body: 'The third one?' });
  await add(newcomer, discussionId, 'The second one, since May.', commentId);
  const deletedId = await add(member, discussionId, 'None.');
  await add(newcomer, discussionId, 'Two, in fact.', deletedId);
  await own('deleteComment', { commentId: deletedId });
  await own('addBookmark', { discussionId });
  await own('createApiKey', { name: 'A script', scopes: ['READ'] });

  const closed = await ask(forum, member.token, 'Is this solved?');
  await act(forum, moderator.token, 'closeDiscussion', { discussionId: closed.id, reason: 'RESOLVED' });
  const long = { body: `${word.repeat(20)} \`${word.repeat(3)}\`` };
  const wide = await ask(forum, wordy.token, word.repeat(7), long);
  await add(wordy, wide.id, word.repeat(9));
  const twin = await ask(forum, member.token, 'A long word?');
  await act(forum, moderator.token, 'markDuplicate', { discussionId: twin.id, originalId: wide.id });
  const page = { externalId: 'page-1', title: 'Page one', body: 'Comments on page one.' };
  const embedded = await act(forum, member.token, 'findOrCreateDiscussion', page, 'discussion { id }');
  await add(member, embedded.discussion.id, 'The *first* comment.');
  const slugs = { slug, closedSlug: closed.slug, twinSlug: twin.slug, longSlug: wide.slug };
  const moderation = await moderate(forum, wordy, moderator, word);
  return { member, moderator, newcomer, commentId, revisionId, deletedId, ...slugs, ...moderation };
}

/** What a moderator has done to what a member has written. */
async function moderate(
  forum: Forum,
  { token }: Account,
  moderator: Account,
  word: string,
): Promise<Pick<Scene, 'moderatedSlug' | 'goneSlug' | 'goneCommentId'>> {
  const judge = (mutation: string, input: object) => act(forum, moderator.token, mutation, input);
  const about = await ask(forum, token, `Moderated: ${word.repeat(6)}`, { body: word.repeat(9) });
  await say(forum, token, about.id, word.repeat(9));
  const gone = await ask(forum, token, `Gone: ${word.repeat(4)}`);
  await judge('deleteDiscussion', { discussionId: gone.id, reason: word.repeat(8) });
  const goneCommentId = await say(forum, token, about.id, 'Deleted.');
  await say(forum, token, about.id, 'A reply.', goneCommentId);
  await judge('deleteComment', { commentId: goneCommentId, reason: word.repeat(8) });
  const merged = await ask(forum, token, `Merged: ${word.repeat(4)}`);
  await judge('mergeDiscussions', { sourceId: merged.id, destinationId: about.id });
  const commentIds = [await say(forum, token, about.id, 'Split off.')];
  await judge('splitDiscussion', { commentIds, title: `Split: ${word.repeat(4)}` });
  return { moderatedSlug: about.slug, goneSlug: gone.slug, goneCommentId };
}
