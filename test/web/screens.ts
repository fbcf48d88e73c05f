// The screens that axe checks, and what must have happened before for them to have these states.
import { send } from '../support/app.ts';
import { mutationOf } from '../support/send.ts';
import type { Account, Forum } from './forum.ts';

export interface Screen {
  /** The row of the table in docs/front-end.md. */
  readonly screen: string;
  readonly state: string;
  /** If omitted, a guest. A newcomer is a member who has done nothing yet. */
  readonly as?: 'newcomer' | 'member' | 'moderator';
  readonly path: string | ((scene: Scene) => string);
}

/** What the member has written: a discussion that was edited, with a comment that was edited too and one that was deleted. */
export interface Scene {
  readonly member: Account;
  readonly moderator: Account;
  readonly newcomer: Account;
  readonly slug: string;
  readonly commentId: string;
  readonly deletedId: string;
  readonly closedSlug: string;
  readonly longSlug: string;
}

const ANSWERED = '/discussions/how-does-relaydesk-cope-when-a-team-grows-past-fifty-agents';
const LONG = '/discussions/what-is-the-first-setting-you-change-in-a-new-tallybook-account';
const LOCKED = '/discussions/why-does-every-help-desk-think-it-needs-a-chatbot';

const own = (path: string) => (scene: Scene) => `/discussions/${scene.slug}${path}`;
const comment = (path: string) => (scene: Scene) => `/comments/${scene.commentId}${path}`;
const long = (path: string) => (scene: Scene) => `/discussions/${scene.longSlug}${path}`;
const menus = 'with its menus open';

export const SCREENS: readonly Screen[] = [
  { screen: 'lists', state: 'with results', path: '/' },
  { screen: 'lists', state: 'of a window', path: '/?order=top&window=year&answered=yes' },
  { screen: 'lists', state: 'empty', path: '/?category=none' },
  { screen: 'lists', state: 'of a category', path: '/categories/security-compliance' },
  { screen: 'lists', state: 'of a product', path: '/products/tallybook' },
  { screen: 'lists', state: 'with titles of one long word', path: '/?order=newest' },
  { screen: 'discussions', state: 'with an answer', path: ANSWERED },
  { screen: 'discussions', state: 'long', path: LONG },
  { screen: 'discussions', state: 'locked', path: LOCKED },
  { screen: 'discussions', state: 'closed', path: ({ closedSlug }) => `/discussions/${closedSlug}` },
  {
    screen: 'discussions',
    state: 'with the form for a reply',
    path: ({ slug, commentId }) => `/discussions/${slug}?reply=${commentId}`,
  },
  { screen: 'discussions', state: 'with names and texts of one long word', path: long('') },
  { screen: 'discussions', state: `to a member ${menus}`, as: 'member', path: LONG },
  {
    screen: 'discussions',
    state: `to its author ${menus}, after a deletion`,
    as: 'member',
    path: (scene) => own(`?deleted=${scene.deletedId}`)(scene),
  },
  { screen: 'discussions', state: `to a moderator ${menus}`, as: 'moderator', path: own('') },
  {
    screen: 'comments',
    state: 'alone with its replies',
    path: (scene) => own(`/comments/${scene.commentId}`)(scene),
  },
  { screen: 'comments', state: 'edited by its author', as: 'member', path: comment('/edit') },
  { screen: 'histories', state: 'of a discussion', path: own('/history') },
  { screen: 'histories', state: 'of a comment', path: comment('/history') },
  { screen: 'histories', state: 'of one long word', path: long('/history') },
  { screen: 'authors', state: 'with discussions', path: ({ member }) => `/authors/${member.authorId}` },
  { screen: 'authors', state: 'without', path: ({ newcomer }) => `/authors/${newcomer.authorId}` },
  { screen: 'search', state: 'with results', path: '/search?q=tallybook' },
  { screen: 'search', state: 'comments', path: '/search?q=tallybook&type=comment' },
  { screen: 'search', state: 'without results', path: '/search?q=is:popular+talybok+xyzzy' },
  { screen: 'search', state: 'without a query', path: '/search' },
  { screen: 'questions', state: 'asked by a guest', path: '/ask' },
  { screen: 'questions', state: 'asked by a member', as: 'member', path: '/ask' },
  { screen: 'questions', state: 'edited by its author', as: 'member', path: own('/edit') },
  { screen: 'moderation', state: 'lock', as: 'moderator', path: own('/moderate?action=lock') },
  { screen: 'moderation', state: 'close', as: 'moderator', path: own('/moderate?action=close') },
  { screen: 'moderation', state: 'pin', as: 'moderator', path: own('/moderate?action=pin') },
  { screen: 'sign-in', state: 'empty', path: '/sign-in' },
  { screen: 'sign-in', state: 'after a new password', path: '/sign-in?reset=yes' },
  { screen: 'sign-up', state: 'empty', path: '/sign-up' },
  { screen: 'passwords', state: 'forgotten', path: '/forgot-password' },
  { screen: 'passwords', state: 'after the e-mail', path: '/forgot-password?sent=yes' },
  { screen: 'passwords', state: 'new', path: '/reset-password?token=none' },
  { screen: 'passwords', state: 'incomplete link', path: '/reset-password' },
  { screen: 'confirmation', state: 'of an address', path: '/confirm-email?token=none' },
  { screen: 'confirmation', state: 'done', path: '/confirm-email?done=yes' },
  { screen: 'account', state: 'profile', as: 'member', path: '/account' },
  { screen: 'account', state: 'security', as: 'member', path: '/account/security?done=sent' },
  { screen: 'account', state: 'API keys', as: 'member', path: '/account/api-keys' },
  { screen: 'account', state: 'without API keys', as: 'newcomer', path: '/account/api-keys?done=revoked' },
  { screen: 'bookmarks', state: 'some', as: 'member', path: '/bookmarks' },
  { screen: 'bookmarks', state: 'none', as: 'newcomer', path: '/bookmarks' },
  { screen: 'embedded', state: 'with comments', path: '/embed?id=page-1' },
  { screen: 'embedded', state: 'not started', path: '/embed?id=page-2' },
  { screen: 'embedded', state: 'reserved', path: '/embed?id=host:page-3' },
  { screen: 'errors', state: 'an address that nothing has', path: '/nothing/here' },
];

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
  const act = async (key: string, mutation: string, input: object, selection = 'clientMutationId') => {
    const { body } = await send(forum.app, mutationOf(mutation, selection), { key, variables: { input } });
    if (body.errors) throw new Error(`${mutation}: ${JSON.stringify(body.errors)}`);
    return body.data[mutation];
  };
  const ask = async ({ token }: Account, title: string, body: string) =>
    (await act(token, 'createDiscussion', { title, body }, 'discussion { id slug }')).discussion;
  const add = async (
    { token }: Account,
    discussionId: string,
    body: string,
    replyToId?: string,
  ): Promise<string> =>
    (await act(token, 'addComment', { discussionId, body, replyToId }, 'comment { id }')).comment.id;

  const { id: discussionId, slug } = await ask(member, 'Which plan has exports?', 'For **three** people.');
  await act(member.token, 'updateDiscussion', { discussionId, body: 'For **four** people, and `CSV`.' });
  const commentId = await add(member, discussionId, 'The second one?');
  await act(member.token, 'updateComment', { commentId, body: 'The third one?' });
  await add(newcomer, discussionId, 'The second one, since May.', commentId);
  const deletedId = await add(member, discussionId, 'None.');
  await add(newcomer, discussionId, 'Two, in fact.', deletedId);
  await act(member.token, 'deleteComment', { commentId: deletedId });
  await act(member.token, 'addBookmark', { discussionId });
  await act(member.token, 'createApiKey', { name: 'A script', scopes: ['READ'] });

  const closed = await ask(member, 'Is this solved?', 'It is.');
  await act(moderator.token, 'closeDiscussion', { discussionId: closed.id, reason: 'RESOLVED' });
  const wide = await ask(wordy, word.repeat(7), `${word.repeat(20)} \`${word.repeat(3)}\``);
  await add(wordy, wide.id, word.repeat(9));
  const page = { externalId: 'page-1', title: 'Page one', body: 'Comments on page one.' };
  const embedded = await act(member.token, 'findOrCreateDiscussion', page, 'discussion { id }');
  await add(member, embedded.discussion.id, 'The *first* comment.');
  const slugs = { slug, closedSlug: closed.slug, longSlug: wide.slug };
  return { member, moderator, newcomer, commentId, deletedId, ...slugs };
}
