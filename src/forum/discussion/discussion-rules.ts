import type { Policy } from '../../access/policy.ts';
import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOf, mayWrite, type Viewer } from '../../access/viewer.ts';
import { bodyRule, lineRule } from '../../text/text-rules.ts';
import type { DiscussionRow } from './discussion-reads.ts';

type Kept = Pick<DiscussionRow, 'categoryId'>;
type Owned = Kept & Pick<DiscussionRow, 'authorId' | 'createdAt' | 'lockedAt'>;

/** Anybody who may write may ask. */
export function mayCreateDiscussion(viewer: Viewer | null): Verdict {
  return mayWrite(viewer);
}

/** Its author may change a discussion while it is not locked and the edit window is open; its moderators always. */
export function mayUpdateDiscussion(
  viewer: Viewer | null,
  discussion: Owned,
  policy: Pick<Policy, 'editWindowMs'>,
  now: Date,
): Verdict {
  return keptOrOwn(viewer, discussion, () => mayEditOwn(viewer, discussion, policy, now));
}

/** The same into another category: authors choose any, a moderator one that they keep too. */
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
      isModeratorOf(viewer, categoryId) || mayEditOwn(viewer, discussion, policy, now).allowed
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
    () => mayTouchOwn(viewer, discussion, 'change'),
    () => withinEditWindow(discussion.createdAt, policy, now),
  );
}

/** Whether a text that was written at `createdAt` may still be edited by its author. */
export function withinEditWindow(
  createdAt: number,
  { editWindowMs }: Pick<Policy, 'editWindowMs'>,
  now: Date,
): Verdict {
  if (editWindowMs === null || now.getTime() - createdAt <= editWindowMs) return ALLOWED;
  const minutes = Math.round(editWindowMs / 60_000);
  return refused('FORBIDDEN', `A text can be edited only in its first ${minutes} minutes.`);
}

/** Its moderators may; for anybody else `own` decides. */
function keptOrOwn(viewer: Viewer | null, { categoryId }: Kept, own: () => Verdict): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => (isModeratorOf(viewer, categoryId) ? ALLOWED : own()),
  );
}

/** A lock leaves everything as it is for everybody but moderators: for the author too. */
function mayTouchOwn(
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

/** Its author may delete a discussion while nothing in it is anybody else's; its moderators always. */
export function mayDeleteDiscussion(
  viewer: Viewer | null,
  discussion: Owned,
  hasOthersComments: boolean,
): Verdict {
  return keptOrOwn(viewer, discussion, () =>
    firstRefused(
      () => mayTouchOwn(viewer, discussion, 'delete'),
      () =>
        hasOthersComments
          ? refused('FORBIDDEN', 'Others have commented: only a moderator can delete this discussion.')
          : ALLOWED,
    ),
  );
}

/** What an author deleted themselves they may take back; moderators take back anything. Pointless on what is there. */
export function mayRestoreDiscussion(
  viewer: Viewer | null,
  discussion: Omit<Owned, 'createdAt'> & { deletedAt: number | null; deletedById: string | null },
): Verdict {
  const { authorId, deletedAt, deletedById } = discussion;
  return keptOrOwn(viewer, discussion, () =>
    firstRefused(
      () => mayTouchOwn(viewer, discussion, 'restore'),
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

/** Moderators set discussions on top. */
export function mayPinDiscussion(viewer: Viewer | null, discussion: Kept): Verdict {
  return keepsOrder(viewer, discussion, 'Only a moderator can pin a discussion.');
}

/** Moderators lock, and unlock. */
export function mayLockDiscussion(viewer: Viewer | null, discussion: Kept): Verdict {
  return keepsOrder(viewer, discussion, 'Only a moderator can lock a discussion.');
}

function keepsOrder(viewer: Viewer | null, discussion: Kept, message: string): Verdict {
  return keptOrOwn(viewer, discussion, () => refused('FORBIDDEN', message));
}

/** Its author may close a discussion, and reopen what nobody else has closed; its moderators always. */
export function mayCloseDiscussion(
  viewer: Viewer | null,
  discussion: Owned & Pick<DiscussionRow, 'closedAt' | 'closedById'>,
): Verdict {
  return keptOrOwn(viewer, discussion, () =>
    firstRefused(
      () => mayTouchOwn(viewer, discussion, 'close or reopen'),
      () =>
        discussion.closedAt === null || discussion.closedById === viewer?.id
          ? ALLOWED
          : refused('FORBIDDEN', 'Someone else closed this discussion: only a moderator can change that.'),
    ),
  );
}

/** A title is a question on one line; GitHub stops at 256, and imported ones have run to 280. */
export const DISCUSSION_TITLE_CHARS_MAX = 300;
/** Some thirty printed pages. Rendering the worst text of this length takes about a quarter of a second. */
export const DISCUSSION_BODY_CHARS_MAX = 60_000;
/** Room for a URL or a path in a host's site, which is what most hosts use as a key. */
const EXTERNAL_ID_CHARS_MAX = 255;
/** Whoever needs more has not said what the question is about. */
export const TAGS_MAX = 10;
/** A label stands beside a title: an attribution, not a text. */
const PIN_LABEL_CHARS_MAX = 200;

export const DISCUSSION_TITLE = lineRule('A title', DISCUSSION_TITLE_CHARS_MAX);
export const DISCUSSION_BODY = bodyRule('A text', DISCUSSION_BODY_CHARS_MAX);
export const EXTERNAL_ID = lineRule('An `externalId`', EXTERNAL_ID_CHARS_MAX);
export const PIN_LABEL = lineRule('A label', PIN_LABEL_CHARS_MAX);
