// The best part of a thread, read whole: for documents that show a discussion on one page without further requests.
import type { Context } from '../../access/context.ts';
import { countsOf, type PageSource } from '../../graphql/connections/page.ts';
import { loader, referenced } from '../../graphql/loader.ts';
import { type AuthorRow, loadAuthor } from '../author/index.ts';
import type { DiscussionRow } from '../discussion/index.ts';
import { commentOrders } from './comment-orders.ts';
import {
  type CommentRow,
  commentSource,
  loadNamedComment,
  PARENTS,
  pageCommentsOf,
} from './comment-reads.ts';
import { isVeiled } from './comment-rules.ts';

/** A comment with its author and the replies that were read. */
export interface ThreadComment {
  readonly comment: CommentRow;
  /** Null if unknown, or if the comment is deleted. */
  readonly author: AuthorRow | null;
  readonly isVeiled: boolean;
  readonly replies: readonly ThreadComment[];
}

export interface ThreadPart {
  /** The accepted answer, at whatever depth it is. It is not among `comments`. Null if there is none. */
  readonly answer: ThreadComment | null;
  /** The best comments at the top level, best first. */
  readonly comments: readonly ThreadComment[];
  /** The number of undeleted comments at the top level, read or not, and of an accepted answer below it. */
  readonly answerCount: number;
}

/** The comments that are read of each discussion: at the top level, and below each comment of the level above. */
const BEST_COMMENTS = { first: 20 };
const OLDEST_REPLIES = [{ first: 4 }, { first: 2 }];

/** Reads the accepted answer, the best comments and their first replies. The number of statements is fixed. */
export async function readThread(ctx: Context, discussion: DiscussionRow): Promise<ThreadPart> {
  const { id, answerId, topLevelCommentCount } = discussion;
  if (topLevelCommentCount === 0) return { answer: null, comments: [], answerCount: 0 };
  const [page, answer] = await Promise.all([
    pageCommentsOf(ctx, 'discussion', id, BEST_COMMENTS, commentOrders.BEST),
    referenced(answerId, (commentId) => loadNamedComment(ctx, commentId)),
  ]);
  const others = page.rows.filter((comment) => comment.id !== answerId);
  const [read, veiled] = await Promise.all([
    withReplies(ctx, answer ? [answer, ...others] : others, 0, answerId),
    page.hasNextPage ? countVeiled(ctx, id) : page.rows.filter((comment) => isVeiled(comment)).length,
  ]);
  const answerCount = topLevelCommentCount - veiled + (answer !== null && answer.depth > 0 ? 1 : 0);
  const [first = null, ...rest] = read;
  return answer
    ? { answer: first, comments: rest, answerCount }
    : { answer: null, comments: read, answerCount };
}

/** The answer is left out below other comments. */
async function withReplies(
  ctx: Context,
  comments: readonly CommentRow[],
  level: number,
  answerId: string | null,
): Promise<ThreadComment[]> {
  const first = OLDEST_REPLIES[level];
  const repliesOf = async (comment: CommentRow): Promise<readonly CommentRow[]> => {
    if (first === undefined || comment.directReplyCount === 0) return [];
    const { rows } = await pageCommentsOf(ctx, 'comment', comment.id, first, commentOrders.OLDEST);
    return rows.filter((reply) => reply.id !== answerId);
  };
  const authorOf = (comment: CommentRow) =>
    referenced(isVeiled(comment) ? null : comment.authorId, (id) => loadAuthor(ctx, id));
  // all comments of a level at once, so that each level is one statement
  const [authors, replies] = await Promise.all([
    Promise.all(comments.map(authorOf)),
    Promise.all(comments.map(repliesOf)),
  ]);
  const below = replies.flat();
  const read = below.length === 0 ? [] : await withReplies(ctx, below, level + 1, answerId);
  let at = 0;
  return comments.map((comment, index) => {
    const count = replies[index]?.length ?? 0;
    const part = { comment, author: authors[index] ?? null, isVeiled: isVeiled(comment) };
    at += count;
    return { ...part, replies: read.slice(at - count, at) };
  });
}

const veiledSource: PageSource<CommentRow> = {
  ...commentSource,
  name: 'comment veiled',
  listed: 't.deleted_at IS NOT NULL AND t.reply_count > 0',
};

/** The number of deleted comments at the top level that stand there for their replies. */
function countVeiled(ctx: Context, discussionId: string): Promise<number> {
  return loader<number>(ctx, 'comment.countVeiled', ({ db }, ids) =>
    countsOf(db, veiledSource, PARENTS.discussion.scope, ids),
  ).load(discussionId);
}
