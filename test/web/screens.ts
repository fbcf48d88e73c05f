// The screens that axe checks: the one list of them.
import type { Scene } from './scene.ts';

export interface Screen {
  /** The row of the table in docs/front-end.md. */
  readonly screen: string;
  readonly state: string;
  /** If omitted, a guest. A newcomer is a member who has done nothing yet. */
  readonly as?: 'newcomer' | 'member' | 'moderator';
  readonly path: string | ((scene: Scene) => string);
}

const ANSWERED = '/discussions/how-does-relaydesk-cope-when-a-team-grows-past-fifty-agents';
const LONG = '/discussions/what-is-the-first-setting-you-change-in-a-new-tallybook-account';
const TITLED = '/discussions/tallybook-or-a-spreadsheet-for-a-three-person-shop';
const LOCKED = '/discussions/why-does-every-help-desk-think-it-needs-a-chatbot';

const own = (path: string) => (scene: Scene) => `/discussions/${scene.slug}${path}`;
const comment = (path: string) => (scene: Scene) => `/comments/${scene.commentId}${path}`;
const long = (path: string) => (scene: Scene) => `/discussions/${scene.longSlug}${path}`;
const moderated = (path: string) => (scene: Scene) => `/discussions/${scene.moderatedSlug}${path}`;
const byModerator = { screen: 'moderation', as: 'moderator' } as const;
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
  { screen: 'discussions', state: 'a duplicate', path: ({ twinSlug }) => `/discussions/${twinSlug}` },
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
  { screen: 'discussions', state: 'to a moderator, merged and split', as: 'moderator', path: moderated('') },
  {
    screen: 'comments',
    state: 'alone with its replies',
    path: (scene) => own(`/comments/${scene.commentId}`)(scene),
  },
  { screen: 'comments', state: 'edited by its author', as: 'member', path: comment('/edit') },
  { screen: 'histories', state: 'of a discussion', path: own('/history') },
  { screen: 'histories', state: 'of a comment', path: comment('/history') },
  { screen: 'histories', state: 'to a moderator', as: 'moderator', path: own('/history') },
  {
    screen: 'histories',
    state: 'removing a text',
    as: 'moderator',
    path: ({ revisionId }) => `/revisions/${revisionId}/redact`,
  },
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
  { ...byModerator, state: 'lock', path: own('/moderate?action=lock') },
  { ...byModerator, state: 'close', path: own('/moderate?action=close') },
  { ...byModerator, state: 'pin', path: own('/moderate?action=pin') },
  { ...byModerator, state: 'delete', path: moderated('/moderate?action=delete') },
  { ...byModerator, state: 'delete a comment', path: comment('/delete') },
  { ...byModerator, state: 'move', path: own('/move') },
  { ...byModerator, state: 'merge: similar titles', path: `${TITLED}/merge` },
  { ...byModerator, state: 'merge: a search', path: `${TITLED}/merge?find=tallybook` },
  { ...byModerator, state: 'merge: nothing found', path: `${TITLED}/merge?find=talybok+xyzzy` },
  {
    ...byModerator,
    state: 'merge: both sides',
    path: ({ moderatedSlug }) => `${TITLED}/merge?into=${moderatedSlug}`,
  },
  { ...byModerator, state: 'merge: a refused choice', path: `${TITLED}/merge?into=none` },
  { ...byModerator, state: 'duplicate: a search', path: `${TITLED}/duplicate?find=tallybook` },
  {
    ...byModerator,
    state: 'duplicate: both sides',
    path: ({ moderatedSlug }) => `${TITLED}/duplicate?of=${moderatedSlug}`,
  },
  { ...byModerator, state: 'split', path: `${LONG}/split` },
  { ...byModerator, state: 'split: one long word', path: moderated('/split') },
  {
    screen: 'deletions',
    state: 'a discussion',
    as: 'moderator',
    path: ({ goneSlug }) => `/discussions/${goneSlug}`,
  },
  {
    screen: 'deletions',
    state: 'a comment with replies',
    as: 'moderator',
    path: (scene) => moderated(`/comments/${scene.goneCommentId}`)(scene),
  },
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
