import type { Policy } from '../../access/policy.ts';
import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOf, isModeratorOfAll, mayWrite, type Viewer } from '../../access/viewer.ts';
import { bodyRule, lineRule, trimmedRule } from '../../text/text-rules.ts';
import { withinEditWindow } from '../revisions.ts';
import { type DiscussionRow, EXTERNAL_ID_CHARS_MAX } from './discussion-reads.ts';

/** What decides about moderators. */
export type Categorized = Pick<DiscussionRow, 'categoryId' | 'mergedIntoId'>;
type Owned = Categorized & Pick<DiscussionRow, 'authorId' | 'createdAt' | 'lockedAt'>;

/** Anybody who may write may create discussions. */
export function mayCreateDiscussion(viewer: Viewer | null): Verdict {
  return mayWrite(viewer);
}

/**
 * Anybody may use an `externalId` for a new discussion, but those with a reserved prefix are for moderators of all
 * categories.
 */
export function mayUseExternalId(
  viewer: Viewer | null,
  externalId: string | null,
  { reservedExternalIds }: Pick<Policy, 'reservedExternalIds'>,
): Verdict {
  const isReserved =
    externalId !== null && reservedExternalIds.some((prefix) => externalId.startsWith(prefix));
  return isReserved && !isModeratorOfAll(viewer)
    ? refused('FORBIDDEN', 'This `externalId` is reserved: only a moderator of all categories can use it.')
    : ALLOWED;
}

/**
 * Whether someone else repeats what the author did (`byId`). Their decision replaces the author's, who can't undo it. The
 * caller has checked that they are a moderator.
 */
export function overrulesAuthor(
  viewer: Pick<Viewer, 'id'>,
  { authorId }: Pick<Owned, 'authorId'>,
  byId: string | null,
): boolean {
  return authorId !== null && byId === authorId && viewer.id !== authorId;
}

/**
 * Whether a new discussion may have the `externalId` of a deleted one. What a moderator has deleted must not come back
 * with the next visitor of the host's page, so only moderators of all categories decide about that.
 */
export function mayReleaseExternalId(
  viewer: Viewer | null,
  deleted: Pick<Owned, 'authorId'> & { readonly deletedById: string | null },
): boolean {
  const byAuthor = deleted.authorId !== null && deleted.deletedById === deleted.authorId;
  return byAuthor || isModeratorOfAll(viewer);
}

/** Authors may edit a discussion that is not locked within the edit window; its moderators always. */
export function mayUpdateDiscussion(
  viewer: Viewer | null,
  discussion: Owned,
  policy: Pick<Policy, 'editWindowMs'>,
  now: Date,
): Verdict {
  return moderatorOr(viewer, discussion, () => mayEditOwn(viewer, discussion, policy, now));
}

/** The same for a change of category. A moderator who is not the author must also moderate the new category. */
export function mayMoveDiscussion(
  viewer: Viewer | null,
  discussion: Owned,
  categoryId: string | null,
  policy: Pick<Policy, 'editWindowMs'>,
  now: Date,
): Verdict {
  return firstRefused(
    () => mayUpdateDiscussion(viewer, discussion, policy, now),
    () =>
      isModeratorOf(viewer, categoryId) || mayEditOwn(viewer, discussion, policy, now).isAllowed
        ? ALLOWED
        : refused(
            'FORBIDDEN',
            'A moderator can move discussions only between categories that they moderate.',
          ),
  );
}

function mayEditOwn(
  viewer: Viewer | null,
  discussion: Owned,
  policy: Pick<Policy, 'editWindowMs'>,
  now: Date,
): Verdict {
  return firstRefused(
    () => mayChangeOwn(viewer, discussion, 'change'),
    () => withinEditWindow(discussion.createdAt, policy, now),
  );
}

/** A merged discussion cannot be changed, also by moderators: what was in it is in the other one. */
export function isNotMerged({ mergedIntoId }: Pick<DiscussionRow, 'mergedIntoId'>): Verdict {
  return mergedIntoId === null
    ? ALLOWED
    : refused('CONFLICT', 'This discussion was merged into another one: load it again.');
}

/** Its moderators may. For anybody else `own` decides. */
function moderatorOr(viewer: Viewer | null, discussion: Categorized, own: () => Verdict): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => isNotMerged(discussion),
    () => (isModeratorOf(viewer, discussion.categoryId) ? ALLOWED : own()),
  );
}

/** Authors may change their discussion unless it is locked. */
function mayChangeOwn(
  viewer: Viewer | null,
  { authorId, lockedAt }: Pick<Owned, 'authorId' | 'lockedAt'>,
  what: 'change' | 'delete' | 'restore' | 'close or reopen',
): Verdict {
  if (authorId === null || viewer?.id !== authorId)
    return refused('FORBIDDEN', `Only its author or a moderator can ${what} this discussion.`);
  if (lockedAt !== null)
    return refused('LOCKED', 'This discussion is locked: only a moderator can change it.');
  return ALLOWED;
}

/** Authors may delete a discussion without comments of others; its moderators always. */
export function mayDeleteDiscussion(
  viewer: Viewer | null,
  discussion: Owned,
  hasOthersComments: boolean,
): Verdict {
  return moderatorOr(viewer, discussion, () =>
    firstRefused(
      () => mayChangeOwn(viewer, discussion, 'delete'),
      () =>
        hasOthersComments
          ? refused('FORBIDDEN', 'Others have commented: only a moderator can delete this discussion.')
          : ALLOWED,
    ),
  );
}

/** Authors may restore a discussion that they deleted themselves; moderators any. */
export function mayRestoreDiscussion(
  viewer: Viewer | null,
  discussion: Omit<Owned, 'createdAt'> & { deletedAt: number | null; deletedById: string | null },
): Verdict {
  const { authorId, deletedAt, deletedById } = discussion;
  return moderatorOr(viewer, discussion, () =>
    firstRefused(
      () => mayChangeOwn(viewer, discussion, 'restore'),
      () =>
        deletedAt === null || deletedById === authorId
          ? ALLOWED
          : refused(
              'FORBIDDEN',
              'This discussion was not deleted by its author: only a moderator can restore it.',
            ),
    ),
  );
}

/** Moderators pin. */
export function mayPinDiscussion(viewer: Viewer | null, discussion: Categorized): Verdict {
  return onlyModerators(viewer, discussion, 'Only a moderator of this discussion can pin it.');
}

/** Moderators redact earlier revisions. */
export function mayRedactDiscussionRevision(viewer: Viewer | null, discussion: Categorized): Verdict {
  return onlyModerators(viewer, discussion, 'Only a moderator of this discussion can redact a revision.');
}

/** Moderators lock and unlock. */
export function mayLockDiscussion(viewer: Viewer | null, discussion: Categorized): Verdict {
  return onlyModerators(viewer, discussion, 'Only a moderator of this discussion can lock it.');
}

/** The rule of what only a discussion's moderators may do, and never in a merged one. */
export function onlyModerators(viewer: Viewer | null, discussion: Categorized, message: string): Verdict {
  return moderatorOr(viewer, discussion, () => refused('FORBIDDEN', message));
}

/**
 * Authors may close a discussion, also as a duplicate, and reopen it if nobody else closed it; its moderators always. On
 * GitHub and Stack Overflow too, to mark a duplicate is to close, and authors may agree that their question is one.
 */
export function mayCloseDiscussion(
  viewer: Viewer | null,
  discussion: Owned & Pick<DiscussionRow, 'closedAt' | 'closedById'>,
): Verdict {
  return moderatorOr(viewer, discussion, () =>
    firstRefused(
      () => mayChangeOwn(viewer, discussion, 'close or reopen'),
      () =>
        discussion.closedAt === null || discussion.closedById === viewer?.id
          ? ALLOWED
          : refused('FORBIDDEN', 'Someone else closed this discussion: only a moderator can change that.'),
    ),
  );
}

/** A title is one line. GitHub allows 256 characters, and imported titles have had 280. */
const DISCUSSION_TITLE_CHARS_MAX = 300;
/** About thirty printed pages. Rendering the worst text of this length takes about a quarter of a second. */
const DISCUSSION_BODY_CHARS_MAX = 60_000;
/** Maximum number of tags of a discussion. */
export const TAGS_MAX = 10;
/** A label is shown beside a title. */
const PIN_LABEL_CHARS_MAX = 200;

export const DISCUSSION_TITLE = trimmedRule('A title', DISCUSSION_TITLE_CHARS_MAX);
export const DISCUSSION_BODY = bodyRule('A text', DISCUSSION_BODY_CHARS_MAX);
export const EXTERNAL_ID = lineRule('An `externalId`', EXTERNAL_ID_CHARS_MAX);
export const PIN_LABEL = trimmedRule('A label', PIN_LABEL_CHARS_MAX);
