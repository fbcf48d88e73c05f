import type { Connection } from '../../graphql/connections/connection.ts';
import type { CommentRow } from './comment-reads.ts';

export type CommentPage = Connection<CommentRow>;
export { type CountedPart, countForum } from './check-counters.ts';
export { type Flaw, findFlaws } from './check-threads.ts';
export { isListed, lockCommentForUpdate } from './comment-for-update.ts';
export { COMMENT_BODY_CHARS_MAX } from './comment-limits.ts';
export { type CommentRow, loadComment, primeComment } from './comment-reads.ts';
export { commentResolvers } from './comment-resolvers.ts';
export { type CommentCounters, type CountedComment, countThread, countVotes } from './count-thread.ts';
export type { PreviewedComment } from './preview-comment.ts';
export { recordCommentVotes } from './record-votes.ts';
export { findMiscounts, recountDiscussion } from './recount-discussion.ts';
export { renderCommentAgain } from './render-comment-again.ts';
export type { CommentRevisionPage, CommentRevisionRow } from './revision-reads.ts';
export { type ImportedComment, saveImportedComments } from './save-imported-comments.ts';
