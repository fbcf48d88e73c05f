import { defineModule } from '../../graphql/module.ts';
import './clear-official.ts'; // it listens
import type { ChangedThread } from './changed-thread.ts';
import { type CommentRow, loadComment } from './comment-reads.ts';
import { commentResolvers } from './comment-resolvers.ts';
import type { PreviewedComment } from './preview-comment.ts';
import { type CommentRevisionRow, loadCommentRevision } from './revision-reads.ts';

/** Comments, their threads and revisions, and which one answers a discussion. */
export const commentModule = defineModule({
  name: 'comment',
  resolvers: commentResolvers,
  nodes: {
    Comment: { prefix: 'C', load: loadComment },
    CommentRevision: { prefix: 'V', load: loadCommentRevision },
  },
  tables: ['comment', 'comment_revision'],
});

/** What the resolvers of each type get. */
export interface CommentTypes {
  Comment: CommentRow;
  CommentRevision: CommentRevisionRow;
  CommentPreview: PreviewedComment;
  AddCommentPayload: ChangedThread;
  DeleteCommentPayload: ChangedThread;
  RestoreCommentPayload: ChangedThread;
}

export {
  addImportedComment,
  addImportedCommentRevision,
  type ImportedParent,
  importedAncestor,
  importedParents,
  updateImportedCommentText,
  updateImportedVotes,
} from './add-imported-comment.ts';
export { mayRestoreComment } from './change-rules.ts';
export { countForum } from './check-counters.ts';
export { findFlaws } from './check-threads.ts';
export { findFutureRows, mendFutureRow } from './check-times.ts';
export { lastEditIn, lastEditsOf } from './comment-edits.ts';
export {
  discussionIdOf,
  isListed,
  type LockedComment,
  lockCommentForUpdate,
  lockCommentWithDiscussion,
} from './comment-for-update.ts';
export { type CommentRow, loadComment, primeComment } from './comment-reads.ts';
export { COMMENT_BODY } from './comment-rules.ts';
export {
  commentAdded,
  commentEdited,
  commentRedacted,
  commentRemoved,
  commentWritten,
  renderCommentAgain,
} from './comment-text.ts';
export { type CountedComment, countThread } from './count-thread.ts';
export { hasImportedText } from './has-imported-text.ts';
export { type ImportedComment, idSuffix, textKeyOf } from './imported-comment.ts';
export { hasAnswers } from './mark-comment-as-answer.ts';
export { type ExportedComment, matchExported, type StoredComment } from './match-exported-comments.ts';
export {
  extentOfTrees,
  importedInto,
  MOVED_MAX,
  moveAllComments,
  moveCommentsBack,
  moveTreeToTop,
  sizeOfThread,
  TREE_DEPTH_MAX,
} from './move-comments.ts';
export { countComments, countOutTree, recordMovedComments } from './moved-counters.ts';
export { pageNewestComments } from './newest-comments.ts';
export {
  insertQuestionAsComment,
  lockQuestionComment,
  type QuestionComment,
  turnIntoQuestion,
} from './question-comment.ts';
export { readThread, type ThreadComment, type ThreadPart } from './read-thread.ts';
export { recordCommentVotes } from './record-votes.ts';
export { findMiscounts, recountDiscussion } from './recount-discussion.ts';
export { lockForImport, recountImported } from './recount-imported.ts';
export { saveImportedComments } from './save-imported-comments.ts';
