import type { Connection } from '../../graphql/connections/connection.ts';
import type { DiscussionRow } from './discussion-reads.ts';
import type { DiscussionRevisionRow } from './revision-reads.ts';

export type DiscussionPage = Connection<DiscussionRow>;
export type DiscussionRevisionPage = Connection<DiscussionRevisionRow>;
export { type CountedDiscussion, countDiscussion, type DiscussionCounters } from './count-discussion.ts';
export {
  type LockedDiscussion,
  lockAnyDiscussionForUpdate,
  lockDiscussionForUpdate,
} from './discussion-for-update.ts';
export { DISCUSSION_BODY_CHARS_MAX, DISCUSSION_TITLE_CHARS_MAX } from './discussion-limits.ts';
export type { PinRow } from './discussion-parts.ts';
export { type DiscussionRow, loadDiscussion, primeDiscussions } from './discussion-reads.ts';
export { discussionResolvers } from './discussion-resolvers.ts';
export { withinEditWindow } from './discussion-rules.ts';
export { discussionTitled } from './discussion-titled.ts';
export { discussionUrl, slugInUrl } from './discussion-url.ts';
export { lockDiscussionForRecount } from './hold-discussion.ts';
export type { PreviewedDiscussion } from './preview-discussion.ts';
export { type Activity, recordActivity, recordDiscussionVotes } from './record-activity.ts';
export { recordAnswer } from './record-answer.ts';
export { renderDiscussionAgain } from './render-discussion-again.ts';
export { type DiscussionRevisionRow, loadDiscussionRevision } from './revision-reads.ts';
export {
  acceptImportedAnswer,
  createImportedDiscussion,
  findImportedDiscussion,
  type ImportedDiscussion,
  updateImportedDiscussion,
} from './save-imported-discussion.ts';
export { writeDiscussionCounters } from './write-counters.ts';
