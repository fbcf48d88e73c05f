// Comments of an export (see src/transfer). They are written with prepared statements, as a request writes.
import {
  change,
  insertNew,
  insertRow,
  selectList,
  statement,
  type Transaction,
  updateRows,
} from '../../store/index.ts';
import type { Rendering } from '../../text/markdown.ts';
import type { Mentioned } from '../../text/mentions.ts';
import { insertMentions, replaceMentions } from '../author/index.ts';
import type { ImportedColumns, ImportedRevision, NewerText } from '../discussion/index.ts';
import { commentWritten } from './comment-text.ts';
import { countThread } from './count-thread.ts';
import { treePathOf } from './tree-path.ts';

/** A comment of an export, checked and rendered, with the row ids that it refers to. */
export interface NewImportedComment {
  readonly id: string;
  readonly discussionId: string;
  /** The comment of the same discussion that it replies to. */
  readonly replyTo: ImportedParent | null;
  readonly body: string;
  readonly rendering: Rendering;
  readonly mentioned: Mentioned;
  readonly columns: ImportedColumns & { readonly isOfficial: boolean; readonly isVerifiedUser: boolean };
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

/** Where a comment is in its thread. */
export interface ImportedParent {
  readonly id: string;
  readonly discussionId: string;
  readonly depth: number;
  readonly treePath: string;
  readonly createdAt: number;
  readonly revision: number;
}

const setMetadata = change('comment.setMetadata', 'UPDATE comment SET imported_metadata = ? WHERE id = ?', {
  table: 'comment',
  sets: ['imported_metadata'],
  by: ['imported_metadata', 'id'],
});

/** Adds a comment. The counters of those above it and of its discussion are counted later, by `recountImported`. */
export async function addImportedComment(
  tx: Transaction,
  given: NewImportedComment,
): Promise<ImportedParent> {
  const { id, discussionId, replyTo, body, rendering, columns } = given;
  const { authorId, deletedAt, importedNetVotes, revision } = columns;
  const createdAt = columns.createdAt.getTime();
  const [counters] = countThread([
    { id, replyToId: null, createdAt, isDeleted: deletedAt !== null, importedNetVotes, up: 0, down: 0 },
  ]).counters;
  const treePath = treePathOf(replyTo?.treePath ?? null, { id, createdAt });
  const depth = replyTo ? replyTo.depth + 1 : 0;
  const text = { body, bodyHtml: rendering.html, bodyText: rendering.text };
  await insertRow(tx, 'comment', {
    ...{ id, discussionId, replyToId: replyTo?.id ?? null, depth, ...text },
    ...{ ...columns, ...counters, treePath },
  });
  if (given.metadata) await tx.run(setMetadata, [JSON.stringify(given.metadata), id]);
  await insertMentions(tx, 'comment', id, given.mentioned);
  await commentWritten.emit(tx, { id, authorId, createdAt, before: null, after: text });
  return { id, discussionId, depth, treePath, createdAt, revision };
}

const PLACE = `t.id, t.discussion_id AS "discussionId", t.depth, t.tree_path AS "treePath",
    t.created_at AS "createdAt", t.revision`;

/** The places of comments in their threads. */
export const importedParents = statement<ImportedParent>(
  'comment.importedParents',
  (d) => `SELECT ${PLACE} FROM comment t WHERE ${d.inList('t.id')}`,
);

const ancestorAt = statement<ImportedParent>(
  'comment.importedAncestor',
  `WITH RECURSIVE above (id, reply_to_id, depth) AS (
      SELECT c.id, c.reply_to_id, c.depth FROM comment c WHERE c.id = ?
      UNION ALL SELECT c.id, c.reply_to_id, c.depth FROM above JOIN comment c ON c.id = above.reply_to_id
    )
    SELECT ${PLACE} FROM above JOIN comment t ON t.id = above.id WHERE above.depth = ?`,
);

/** The comment of this depth in the thread above another one. Null if there is none. */
export async function importedAncestor(
  tx: Transaction,
  id: string,
  depth: number,
): Promise<ImportedParent | null> {
  return (await tx.all(ancestorAt, [id, depth]))[0] ?? null;
}

interface StoredText {
  readonly authorId: string | null;
  readonly createdAt: number;
  readonly bodyText: string;
  readonly importedNetVotes: number;
  readonly revision: number;
}

const TEXT = ['authorId', 'createdAt', 'bodyText', 'importedNetVotes', 'revision'];
const textForUpdate = statement<StoredText>(
  'comment.importedText',
  (d) => `SELECT ${selectList({ columns: TEXT }, 't')} FROM comment t WHERE t.id = ? ${d.forUpdate}`,
);

/** Sets the imported votes of a comment. Returns whether they were others before. */
export async function updateImportedVotes(
  tx: Transaction,
  id: string,
  importedNetVotes: number,
): Promise<boolean> {
  const [row] = await tx.all(textForUpdate, [id]);
  if (!row || row.importedNetVotes === importedNetVotes) return false;
  await updateRows(tx, 'comment', { id }, { importedNetVotes });
  return true;
}

/** As `updateImportedDiscussionText`. */
export async function updateImportedCommentText(
  tx: Transaction,
  id: string,
  newer: NewerText & { readonly importedNetVotes: number | null },
  importedRevision: number,
): Promise<boolean> {
  const [row] = await tx.all(textForUpdate, [id]);
  if (!row) return false;
  const { body, rendering, mentioned, revision, lastEditedAt, importedNetVotes } = newer;
  if (importedNetVotes !== null && row.importedNetVotes !== importedNetVotes)
    await updateRows(tx, 'comment', { id }, { importedNetVotes });
  if (row.revision !== importedRevision) return false;
  const text = { body, bodyHtml: rendering.html, bodyText: rendering.text };
  await updateRows(tx, 'comment', { id }, { ...text, revision, lastEditedAt });
  await replaceMentions(tx, 'comment', id, mentioned);
  const { authorId, createdAt } = row;
  await commentWritten.emit(tx, { id, authorId, createdAt, before: row, after: text });
  return true;
}

/** Adds an earlier text of a comment, unless there is one of this number. Returns whether it was added. */
export function addImportedCommentRevision(
  tx: Transaction,
  commentId: string,
  revision: ImportedRevision,
): Promise<boolean> {
  return insertNew(tx, 'comment_revision', { commentId, ...revision });
}
