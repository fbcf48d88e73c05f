// addBookmark and removeBookmark.
import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { AddBookmarkInput, RemoveBookmarkInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { advisoryLock, deleteRows, insertRow, statement, type Transaction } from '../../store/index.ts';
import { lockAnyDiscussionForUpdate, lockDiscussionForUpdate } from '../discussion/index.ts';

/** Maximum number of bookmarks of one author: counting those that are listed looks at each of their discussions. */
export const BOOKMARKS_MAX = 10_000;

/** Bookmarks a discussion for the viewer, if it is not bookmarked. Returns the row ids of both. */
export async function addBookmark(
  ctx: Context,
  input: AddBookmarkInput,
): Promise<{ discussionId: string; bookmarkId: string }> {
  // who
  const { id: authorId } = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');

  return write(ctx, 'addBookmark', input, async (tx) => {
    // load
    await advisoryLock(tx, `bookmarks of ${authorId}`);
    await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    const existing = await bookmarkOf(tx, authorId, discussionId);
    if (existing !== null) return { discussionId, bookmarkId: existing };
    // rule
    const [counted] = await tx.all(countByAuthor, [authorId]);
    if (counted && counted.count >= BOOKMARKS_MAX)
      throw badInput('You have 10,000 bookmarks, which is the maximum.', 'input.discussionId');
    // change
    const bookmarkId = ctx.newId();
    await insertRow(tx, 'bookmark', { id: bookmarkId, authorId, discussionId, createdAt: ctx.now() });
    return { discussionId, bookmarkId };
  });
}

/** Removes the viewer's bookmark from a discussion. Returns the row ids of both; no bookmark's if there was none. */
export async function removeBookmark(
  ctx: Context,
  input: RemoveBookmarkInput,
): Promise<{ discussionId: string; bookmarkId: string | null }> {
  // who
  const { id: authorId } = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');

  return write(ctx, 'removeBookmark', input, async (tx) => {
    // load
    await lockAnyDiscussionForUpdate(tx, discussionId);
    const bookmarkId = await bookmarkOf(tx, authorId, discussionId);
    // a bookmark of a deleted discussion counts, so it can be removed; a viewer without one gets NOT_FOUND
    if (bookmarkId === null) await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    // change
    if (bookmarkId !== null) await deleteRows(tx, 'bookmark', { id: bookmarkId });
    return { discussionId, bookmarkId };
  });
}

const idOf = statement<{ id: string }>(
  'bookmark.idOf',
  'SELECT id FROM bookmark WHERE discussion_id = ? AND author_id = ?',
);

/** The discussion's row is locked, so no other request of the same author changes the bookmark meanwhile. */
async function bookmarkOf(tx: Transaction, authorId: string, discussionId: string): Promise<string | null> {
  const [bookmark] = await tx.all(idOf, [discussionId, authorId]);
  return bookmark?.id ?? null;
}

const countByAuthor = statement<{ count: number }>(
  'bookmark.countByAuthor',
  'SELECT count(*) AS "count" FROM bookmark WHERE author_id = ?',
);
