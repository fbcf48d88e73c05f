import { DEFAULT_POLICY as policy } from '../../src/access/policy.ts';
import { firstRefused } from '../../src/access/verdict.ts';
import { mayMarkAsAnswer, mayUnmarkAsAnswer } from '../../src/forum/comment/answer-rules.ts';
import {
  mayDeleteComment,
  mayMarkOfficial,
  mayMarkVerifiedUser,
  mayRedactCommentRevision,
  mayRestoreComment,
  mayUpdateComment,
} from '../../src/forum/comment/change-rules.ts';
import { mayBeOfficial, mayComment, mayReply } from '../../src/forum/comment/comment-rules.ts';
import { NOW, onComment, onDiscussion, type Row, rows, type Situation, type Things } from './row.ts';

const body = 'A text.';
const COMMENT = ({ commentId }: Things) => ({ commentId });
const IN_PLACE: readonly Situation[] = ['open', 'locked'];
const ALL: readonly Situation[] = [...IN_PLACE, 'comment deleted by its author'];

export const ROWS: readonly Row[] = [
  ...rows(
    ['addComment', 'at the top level'],
    IN_PLACE,
    onDiscussion('comment'),
    ({ discussionId }) => ({ discussionId, body }),
    (viewer, { discussion }) => mayComment(viewer, discussion),
  ),
  ...rows(
    ['addComment', 'as a reply'],
    ALL,
    onComment('reply'),
    ({ discussionId, commentId }) => ({ discussionId, replyToId: commentId, body }),
    (viewer, { comment, discussion }) => mayReply(viewer, comment, discussion, policy),
  ),
  ...rows(
    ['addComment', 'with `isOfficial`'],
    IN_PLACE,
    null,
    ({ discussionId }) => ({ discussionId, body, isOfficial: true }),
    (viewer, { discussion }) =>
      firstRefused(
        () => mayComment(viewer, discussion),
        () => mayBeOfficial(viewer, discussion),
      ),
  ),
  ...rows(
    ['updateComment', 'of the text'],
    [...ALL, 'comment is official'],
    onComment('update'),
    ({ commentId }) => ({ commentId, body }),
    (viewer, { comment, discussion }) => mayUpdateComment(viewer, comment, discussion, policy, NOW),
  ),
  ...rows(
    ['updateComment', 'of `isOfficial`'],
    ALL,
    onComment('markOfficial'),
    ({ commentId }) => ({ commentId, isOfficial: true }),
    (viewer, { comment, discussion }) => mayMarkOfficial(viewer, comment, discussion),
  ),
  ...rows(
    ['updateComment', 'of `isVerifiedUser`'],
    ALL,
    onComment('markVerifiedUser'),
    ({ commentId }) => ({ commentId, isVerifiedUser: true }),
    (viewer, { comment, discussion }) => mayMarkVerifiedUser(viewer, comment, discussion),
  ),
  ...rows(
    ['restoreCommentRevision', ''],
    ALL,
    onComment('update'),
    ({ commentId }) => ({ commentId, revision: 1 }),
    (viewer, { comment, discussion }) => mayUpdateComment(viewer, comment, discussion, policy, NOW),
  ),
  ...rows(
    ['redactCommentRevision', ''],
    ['edited'],
    onComment('redactRevision'),
    ({ commentId }) => ({ commentId, revision: 1 }),
    (viewer, { discussion }) => mayRedactCommentRevision(viewer, discussion),
  ),
  ...rows(['deleteComment', ''], ALL, onComment('delete'), COMMENT, (viewer, { comment, discussion }) =>
    mayDeleteComment(viewer, comment, discussion),
  ),
  ...rows(['restoreComment', ''], ALL, onComment('restore'), COMMENT, (viewer, { comment, discussion }) =>
    mayRestoreComment(viewer, comment, discussion),
  ),
  ...rows(['markCommentAsAnswer', ''], ALL, onComment('markAsAnswer'), COMMENT, (viewer, scene) =>
    mayMarkAsAnswer(viewer, scene.comment, scene.discussion, scene.category),
  ),
  ...rows(['unmarkCommentAsAnswer', ''], ALL, onComment('unmarkAsAnswer'), COMMENT, (viewer, scene) =>
    mayUnmarkAsAnswer(viewer, scene.comment, scene.discussion),
  ),
];
