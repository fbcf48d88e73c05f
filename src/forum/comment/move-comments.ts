// Moves comments from one discussion to another. Each statement moves any number of them. The rows of both discussions are
// locked.
import { change, statement, type Transaction } from '../../store/index.ts';
import { MOVED_KEY } from '../discussion/index.ts';
import { KEY_CHARS, KEYS_MAX } from './tree-path.ts';

const keyPrefix = (discussionId: string) => `${MOVED_KEY}${discussionId}.`;
const PREFIXES = /^(?:moved\.[^.]+\.)*moved\.([^.]+)\.(?!moved\.)/;

/** The discussion that a comment was imported into, which may be elsewhere now, and its import key there. */
export function importedInto(comment: { readonly discussionId: string; readonly importKey: string }): {
  readonly discussionId: string;
  readonly importKey: string;
} {
  const { discussionId, importKey } = comment;
  const [prefixes = '', innermost = discussionId] = PREFIXES.exec(importKey) ?? [];
  return { discussionId: innermost, importKey: importKey.slice(prefixes.length) };
}

const moveAll = change(
  'comment.moveAll',
  `UPDATE comment SET discussion_id = ?, import_key = (? || import_key) WHERE discussion_id = ?`,
  { table: 'comment', sets: ['discussion_id', 'import_key'], by: ['discussion_id', null, 'discussion_id'] },
);

/** Moves all comments of a discussion, deleted ones too. What they reply to, their depths and their order stay. */
export async function moveAllComments(tx: Transaction, fromId: string, toId: string): Promise<void> {
  await tx.run(moveAll, [toId, keyPrefix(fromId), fromId]);
}

const moveBack = change(
  'comment.moveBack',
  `UPDATE comment SET discussion_id = ?, import_key = replace(import_key, ?, '')
    WHERE id IN (
      WITH RECURSIVE tree (id) AS (
        SELECT c.id FROM merged_row m JOIN comment c ON c.id = m.row_id
          WHERE m.source_id = ? AND c.discussion_id = ? AND c.reply_to_id IS NULL
        UNION ALL SELECT c.id FROM tree JOIN comment c ON c.reply_to_id = tree.id
      )
      SELECT id FROM tree
    )`,
  {
    table: 'comment',
    sets: ['discussion_id', 'import_key'],
    by: ['discussion_id', null, null, 'discussion_id'],
  },
);

/** Moves the comments of a merged discussion back, each with all replies to it, also those written since. */
export async function moveCommentsBack(tx: Transaction, fromId: string, sourceId: string): Promise<void> {
  await tx.run(moveBack, [sourceId, keyPrefix(sourceId), sourceId, fromId]);
}

const moveTree = change(
  'comment.moveTree',
  `UPDATE comment SET discussion_id = ?, import_key = (? || import_key), depth = depth - ?,
      tree_path = substr(tree_path, ?), reply_to_id = CASE WHEN id = ? THEN NULL ELSE reply_to_id END
    WHERE id IN (
      WITH RECURSIVE tree (id) AS (
        SELECT c.id FROM comment c WHERE c.id = ?
        UNION ALL SELECT c.id FROM tree JOIN comment c ON c.reply_to_id = tree.id
      )
      SELECT id FROM tree
    )`,
  {
    table: 'comment',
    sets: ['discussion_id', 'import_key', 'depth', 'tree_path', 'reply_to_id'],
    by: ['discussion_id', null, null, null, 'id', 'id'],
  },
);

/** Moves a comment with all replies to the top level of another discussion. None of them is deeper than its path tells. */
export async function moveTreeToTop(
  tx: Transaction,
  comment: { readonly id: string; readonly discussionId: string; readonly depth: number },
  toId: string,
): Promise<void> {
  const { id, discussionId, depth } = comment;
  await tx.run(moveTree, [toId, keyPrefix(discussionId), depth, depth * KEY_CHARS + 1, id, id]);
}

const liftReplies = change(
  'comment.liftReplies',
  `UPDATE comment SET depth = depth - 1, tree_path = substr(tree_path, ?),
      reply_to_id = CASE WHEN reply_to_id = ? THEN NULL ELSE reply_to_id END
    WHERE id IN (
      WITH RECURSIVE tree (id) AS (
        SELECT c.id FROM comment c WHERE c.reply_to_id = ?
        UNION ALL SELECT c.id FROM tree JOIN comment c ON c.reply_to_id = tree.id
      )
      SELECT id FROM tree
    )`,
  { table: 'comment', sets: ['depth', 'tree_path', 'reply_to_id'], by: [null, 'reply_to_id', 'reply_to_id'] },
);

/** Moves the replies to a comment of the top level up to the top level. */
export async function liftRepliesTo(tx: Transaction, id: string): Promise<void> {
  await tx.run(liftReplies, [KEY_CHARS + 1, id, id]);
}

/** Some comments with all replies to them, deleted ones included. `depth`: that of the deepest one. */
interface Extent {
  readonly count: number;
  readonly depth: number | null;
}

const inDiscussion = statement<{ count: number }>(
  'comment.countUpTo',
  'SELECT count(*) AS "count" FROM (SELECT 1 FROM comment c WHERE c.discussion_id = ? LIMIT ?) AS counted',
);
const inTrees = statement<Extent>(
  'comment.extentOfTrees',
  (d) => `WITH RECURSIVE tree (id, depth) AS (
      SELECT c.id, c.depth FROM comment c WHERE ${d.inList('c.id')}
      UNION SELECT c.id, c.depth FROM tree JOIN comment c ON c.reply_to_id = tree.id
    )
    SELECT count(*) AS "count", max(depth) AS "depth" FROM (SELECT depth FROM tree LIMIT ?) AS counted`,
);

/** Maximum number of comments that a merge or a split moves: SQLite's other writers wait for it for about a second. */
export const MOVED_MAX = 10_000;

/** The greatest depth of a comment whose path has a key for each comment above it. */
export const TREE_DEPTH_MAX = KEYS_MAX - 1;

/** How many comments a discussion has, deleted ones included. Not more than one more than the maximum is counted. */
export async function sizeOfThread(tx: Transaction, discussionId: string): Promise<number> {
  const [counted] = await tx.all(inDiscussion, [discussionId, MOVED_MAX + 1]);
  return counted?.count ?? 0;
}

/** The same of comments with all replies to them, and how deep the deepest one is. */
export async function extentOfTrees(tx: Transaction, ids: readonly string[]): Promise<Extent> {
  const [extent] = await tx.all(inTrees, [ids, MOVED_MAX + 1]);
  return extent ?? { count: 0, depth: null };
}
