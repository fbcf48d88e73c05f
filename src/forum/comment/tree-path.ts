// Where a comment is in its thread, as a text that sorts. A path has a key for each comment from the top level down to
// the comment itself, so a thread sorted by path is in depth-first order: each comment stands before its replies, and
// siblings stand oldest first. A migration has written the same paths in SQL.

import { TIME_MIN } from '../../graphql/connections/cursor.ts';

/** What a comment's key is made of. */
interface Placed {
  readonly id: string;
  /** In milliseconds. */
  readonly createdAt: number;
}

/** Hexadecimal digits for the milliseconds from TIME_MIN to the year 9999. */
const TIME_CHARS = 13;
/** The end of an id: ids of one process and millisecond differ there. 50 bits tell other siblings of one time apart. */
const ID_CHARS = 10;
/** Characters of each key of a path. */
export const KEY_CHARS = TIME_CHARS + ID_CHARS;
/**
 * The maximum number of keys. A comment that is deeper has the keys of its highest 99 ancestors and its own, so it
 * stands beside those above it, by time. Only imports nest deeper than REPLY_DEPTH_MAX can allow. PostgreSQL's indexes
 * take at most 2,704 bytes for a row.
 */
export const KEYS_MAX = 100;
const PARENT_CHARS_MAX = (KEYS_MAX - 1) * KEY_CHARS;

/** The path of a comment below the one with this path. Null: at the top level. */
export function treePathOf(parentPath: string | null, { id, createdAt }: Placed): string {
  const time = (createdAt - TIME_MIN).toString(16).padStart(TIME_CHARS, '0');
  return (parentPath ?? '').slice(0, PARENT_CHARS_MAX) + time + id.slice(-ID_CHARS);
}

/** The paths of one discussion's comments, in their order. Takes a comment whose parent is missing for a top-level one. */
export function treePaths(comments: readonly (Placed & { readonly replyToId: string | null })[]): string[] {
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  const paths = new Map<string, string>();
  for (const start of comments) {
    const unplaced: (typeof start)[] = [];
    const isUnplaced = new Set<string>(); // a damaged database can have a circle of replies
    let at: typeof start | undefined = start;
    while (at && !paths.has(at.id) && !isUnplaced.has(at.id)) {
      unplaced.push(at);
      isUnplaced.add(at.id);
      at = at.replyToId === null ? undefined : byId.get(at.replyToId);
    }
    let parentPath = at ? (paths.get(at.id) ?? null) : null;
    for (const comment of unplaced.reverse()) {
      parentPath = treePathOf(parentPath, comment);
      paths.set(comment.id, parentPath);
    }
  }
  return comments.map(({ id }) => paths.get(id) ?? '');
}
