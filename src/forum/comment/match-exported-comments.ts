import { CommentMatcher } from './comment-matcher.ts';

/** What a comment of an export and a stored one are matched by. */
export interface ExportedComment {
  /** The discussion in whose thread it was written. */
  readonly discussionId: string;
  readonly textKey: string;
  /** Null if it is not known. */
  readonly importKey: string | null;
  /** Null if it is not known. */
  readonly authorName: string | null;
  /** In milliseconds since 1970. */
  readonly createdAt: number;
  readonly createdAtIsApproximate: boolean;
}

/** A stored one. If it was moved, the members above are those of the thread that it comes from. */
export interface StoredComment extends ExportedComment {
  readonly id: string;
  /** Its import key, and the discussion in which no other comment has it. */
  readonly ownKey: string;
  readonly placeId: string;
}

const DAY_MS = 86_400_000;
/** The widest phrases, such as "over 2 years", describe times within six months. Their middle is stored. */
const PHRASE_MS_MAX = 92 * DAY_MS;

/**
 * Finds the stored comment of each comment of an export, among those that have an import key: by this key, then by text
 * and time, and last by text and approximate time or day, the nearest first, unless the authors' names contradict each other.
 * Each stored comment is used once, and only by comments for which it is free.
 */
export function matchExported<Comment extends ExportedComment, Row extends StoredComment>(
  comments: readonly Comment[],
  stored: readonly Row[],
  isFree: (comment: Comment, row: Row) => boolean,
  nowMs: number,
): (Row | null)[] {
  const matcher = new CommentMatcher(comments, stored, isFree);
  matcher.matchEqual(importKeyIn, ({ placeId, ownKey }) => `${placeId} ${ownKey}`);
  matcher.matchEqual(importKeyIn, importKeyIn);
  matcher.matchEqual(textAt, textAt, (comment, row) => hasTimeOfDay(row) || authorsAgree(comment, row));
  const pairs = matcher.pairs(textIn, textIn, (comment, row) => {
    if (!authorsAgree(comment, row)) return false;
    if (!comment.createdAtIsApproximate && !row.createdAtIsApproximate) return isDayOf(comment, row);
    return distanceOf(comment, row) <= DAY_MS + errorOf(comment, nowMs) + errorOf(row, nowMs);
  });
  matcher.matchNearest(pairs.map((pair) => ({ ...pair, distance: distanceOf(pair.comment, pair.row) })));
  return matcher.found;
}

const importKeyIn = ({ discussionId, importKey }: ExportedComment) =>
  importKey && `${discussionId} ${importKey}`;
const textIn = ({ discussionId, textKey }: ExportedComment) => `${discussionId} ${textKey}`;
const textAt = (one: ExportedComment) => `${textIn(one)} ${one.createdAt}`;
const distanceOf = (one: ExportedComment, other: ExportedComment) =>
  Math.abs(one.createdAt - other.createdAt);

/**
 * How far an approximate time may be from the true one: by at most a third of the age, and by at most three months. The time
 * when its phrase was true is not stored, so the age is that at the import.
 */
function errorOf({ createdAt, createdAtIsApproximate }: ExportedComment, nowMs: number): number {
  return createdAtIsApproximate ? Math.min(Math.max(0, nowMs - createdAt) / 3, PHRASE_MS_MAX) : 0;
}

/** A time that is hardly ever that of two texts. */
function hasTimeOfDay({ createdAt, createdAtIsApproximate }: ExportedComment): boolean {
  return !createdAtIsApproximate && createdAt % DAY_MS !== 0;
}

/** Whether one time is a day, which is stored as midnight, and the other one on that day in UTC. */
function isDayOf(one: ExportedComment, other: ExportedComment): boolean {
  const dayOf = ({ createdAt }: ExportedComment) => Math.floor(createdAt / DAY_MS);
  return dayOf(one) === dayOf(other) && !(hasTimeOfDay(one) && hasTimeOfDay(other));
}

/** Whether two comments may be by one person: the names are equal but for case and spacing, or one is not known. */
function authorsAgree({ authorName: one }: ExportedComment, { authorName: other }: ExportedComment): boolean {
  return one === null || other === null || nameKey(one) === nameKey(other);
}

const nameKey = (name: string) => name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
