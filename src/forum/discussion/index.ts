import { defineModule } from '../../graphql/module.ts';
import type { PinRow } from './discussion-parts.ts';
import type { DiscussionRow } from './discussion-reads.ts';
import { discussionResolvers } from './discussion-resolvers.ts';
import { loadDiscussionOrMerged } from './merged-reads.ts';
import type { PreviewedDiscussion } from './preview-discussion.ts';
import { type DiscussionRevisionRow, loadDiscussionRevision } from './revision-reads.ts';

/** Discussions with their places, pins, locks and revisions. */
export const discussionModule = defineModule({
  name: 'discussion',
  resolvers: discussionResolvers,
  nodes: {
    Discussion: { prefix: 'D', load: loadDiscussionOrMerged },
    DiscussionRevision: { prefix: 'R', load: loadDiscussionRevision },
  },
  tables: ['discussion', 'discussion_revision', 'discussion_tag', 'old_address', 'pin'],
});

/** What the resolvers of each type get. */
export interface DiscussionTypes {
  Discussion: DiscussionRow;
  DiscussionRevision: DiscussionRevisionRow;
  DiscussionPreview: PreviewedDiscussion;
  Pin: PinRow;
}

export {
  addImportedDiscussion,
  type ImportedColumns,
  type ImportedMerge,
} from './add-imported-discussion.ts';
export { loadDiscussionsOfAuthor } from './author-counts.ts';
export { findStaleTitleKeys, mendTitleKey } from './check-title-keys.ts';
export {
  type CountedDiscussion,
  countDiscussion,
  type DiscussionCounters,
  dateDiscussion,
  lockDiscussionForRecount,
  writeChangedCounters,
  writeDiscussionCounters,
} from './count-discussion.ts';
export { checkedDeletionReason, DELETION_REASON } from './delete-discussion.ts';
export { discussionMoved, findCatalogRefs, tagIdsOf } from './discussion-catalog.ts';
export {
  isMergedIntoVisible,
  type LockedDiscussion,
  lockAnyDiscussionForUpdate,
  lockDiscussionForUpdate,
  lockDiscussionOrMergedInto,
  lockTwoForUpdate,
} from './discussion-for-update.ts';
export { discussionOrders, pageDiscussions, pageDiscussionsOf } from './discussion-pages.ts';
export type { PinRow } from './discussion-parts.ts';
export {
  type DiscussionRow,
  loadDiscussion,
  loadDiscussionBySlug,
  primeDiscussions,
} from './discussion-reads.ts';
export {
  type Categorized,
  DISCUSSION_BODY,
  DISCUSSION_TITLE,
  EXTERNAL_ID,
  isNotMerged,
  mayRestoreDiscussion,
  onlyModerators,
  overrulesAuthor,
  PIN_LABEL,
} from './discussion-rules.ts';
export {
  discussionCreated,
  discussionDeletedOrRestored,
  discussionEdited,
  discussionRedacted,
  discussionTitled,
  discussionWritten,
  renderDiscussionAgain,
} from './discussion-text.ts';
export { discussionUrl, slugInUrl } from './find-discussion.ts';
export {
  findImportedDiscussion,
  type ImportedIdentity,
  importKeyNamed,
  MOVED_KEY,
  threadIdsOf,
} from './find-imported-discussion.ts';
export { duplicateMarked } from './mark-duplicate.ts';
export {
  moveRecordedRows,
  moveReferences,
  moveReferencesBack,
  recordCounters,
  recordMerged,
  recordUnmerged,
} from './merged-discussion.ts';
export {
  loadDiscussionOrMerged,
  loadDiscussionOrMergedInto,
  loadMergedInto,
  pageMergedInto,
} from './merged-reads.ts';
export { addOldAddresses, oldAddressOf } from './old-addresses.ts';
export {
  eraseQuestionText,
  type QuestionText,
  readQuestionText,
  writeQuestionText,
} from './question-text.ts';
export { type Activity, recordActivity, recordAnswer, recordDiscussionVotes } from './record-activity.ts';
export {
  acceptImportedAnswer,
  createImportedDiscussion,
  type ImportedDiscussion,
  isRearranged,
  updateImportedDiscussion,
} from './save-imported-discussion.ts';
export { readSitemapPart, readSitemapRows, type SitemapRow } from './sitemap-reads.ts';
export { insertSplitDiscussion } from './split-discussion-row.ts';
export {
  acceptAnswerOfExport,
  addImportedDiscussionRevision,
  type ImportedRevision,
  type NewerText,
  setImportedDuplicate,
  setImportedSplit,
  updateImportedDiscussionText,
} from './update-imported-text.ts';
export { latestPossibleTime, timeInThread } from './write-time.ts';
