// `around`: a page of a thread that has a linked comment in it, or what the linked comment is below.
import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { encodeCursor, type SortOrder } from '../../graphql/connections/cursor.ts';
import type { Page } from '../../graphql/connections/page.ts';
import { type PageArgs, pageSize } from '../../graphql/connections/page-args.ts';
import { rowIdOf } from '../../graphql/global-id.ts';
import { loadAncestorIds } from './changed-thread.ts';
import { type CommentRow, loadNamedComment } from './comment-reads.ts';

/** The arguments of a list that can be opened at a comment. */
export interface AroundArgs extends PageArgs {
  readonly around?: string | null | undefined;
}

/** Reads a page of the list. */
type ReadPage = (args: PageArgs) => Promise<Page<CommentRow>>;

/** Whether the arguments ask for the page around a comment. Throws BAD_USER_INPUT if they name another page too. */
export function isAround(args: AroundArgs): args is AroundArgs & { readonly around: string } {
  if (args.around === null || args.around === undefined) return false;
  for (const name of ['after', 'before', 'last'] as const)
    if (args[name] !== null && args[name] !== undefined)
      throw badInput(`Give \`around\` or \`${name}\`, not both.`, 'around');
  return true;
}

/**
 * The ids of a linked comment and of the comments above it, nearest first. Empty if the discussion shows no such
 * comment: a link may be older than a deletion, and must not fail the page that it leads to.
 */
export async function pathOfLinked(ctx: Context, discussionId: string, around: string): Promise<string[]> {
  const id = rowIdOf('Comment', around);
  const comment = id === null ? null : await loadNamedComment(ctx, id);
  if (comment?.discussionId !== discussionId) return [];
  return [comment.id, ...(await loadAncestorIds(ctx, comment.id))];
}

/** The page with the row `target` at about its middle; the first page if there is none. */
export async function pageAround<Row extends CommentRow>(
  args: PageArgs,
  order: SortOrder,
  target: Row | null,
  readPage: ReadPage,
): Promise<Page<CommentRow>> {
  const size = pageSize(args.first, 'first');
  if (target === null || size === 0) return readPage({ first: size });
  const key = (target as unknown as Readonly<Record<string, string | number>>)[order.property] ?? 0;
  const cursor = encodeCursor(order, { key, id: target.id });
  const before = await readPage({ last: Math.floor((size - 1) / 2), before: cursor });
  const after = await readPage({ first: size - 1 - before.rows.length, after: cursor });
  return {
    order,
    rows: [...before.rows, target, ...after.rows],
    hasPreviousPage: before.hasPreviousPage,
    hasNextPage: after.hasNextPage,
  };
}
