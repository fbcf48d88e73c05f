import { DEFAULT_POLICY as policy } from '../../src/access/policy.ts';
import { ALLOWED, firstRefused, refused } from '../../src/access/verdict.ts';
import { mayWrite } from '../../src/access/viewer.ts';
import {
  mayCloseDiscussion,
  mayCreateDiscussion,
  mayDeleteDiscussion,
  mayLockDiscussion,
  mayPinDiscussion,
  mayRedactDiscussionRevision,
  mayRestoreDiscussion,
  mayUpdateDiscussion,
  mayUseExternalId,
} from '../../src/forum/discussion/discussion-rules.ts';
import { NOW, onDiscussion, type Row, rows, type Situation, type Things } from './row.ts';

const text = { title: 'A title?', body: 'A text.' };
const DISCUSSION = ({ discussionId }: Things) => ({ discussionId });
const IN_PLACE: readonly Situation[] = ['open', 'locked'];

const mayUpdate: Row['rule'] = (viewer, { discussion }) =>
  mayUpdateDiscussion(viewer, discussion, policy, NOW);
const mayPin: Row['rule'] = (viewer, { discussion }) => mayPinDiscussion(viewer, discussion);
const mayLock: Row['rule'] = (viewer, { discussion }) => mayLockDiscussion(viewer, discussion);
const mayClose: Row['rule'] = (viewer, { discussion }) => mayCloseDiscussion(viewer, discussion);

export const ROWS: readonly Row[] = [
  ...rows(
    ['createDiscussion', ''],
    ['open'],
    null,
    () => text,
    (viewer) => mayCreateDiscussion(viewer),
  ),
  ...rows(
    ['createDiscussion', 'with a reserved `externalId`'],
    ['open'],
    null,
    ({ discussionId }) => ({ ...text, externalId: `host:${discussionId}` }),
    (viewer) =>
      firstRefused(
        () => mayCreateDiscussion(viewer),
        () => mayUseExternalId(viewer, 'host:1', policy),
      ),
  ),
  ...rows(
    ['findOrCreateDiscussion', ''],
    ['open'],
    null,
    ({ discussionId }) => ({ ...text, externalId: discussionId }),
    (viewer) => mayCreateDiscussion(viewer),
  ),
  ...rows(
    ['updateDiscussion', ''],
    IN_PLACE,
    onDiscussion('update'),
    ({ discussionId }) => ({ discussionId, ...text }),
    mayUpdate,
  ),
  ...rows(
    ['restoreDiscussionRevision', ''],
    IN_PLACE,
    onDiscussion('update'),
    ({ discussionId }) => ({ discussionId, revision: 1 }),
    mayUpdate,
  ),
  ...rows(
    ['redactDiscussionRevision', ''],
    ['edited'],
    onDiscussion('redactRevision'),
    ({ discussionId }) => ({ discussionId, revision: 1 }),
    (viewer, { discussion }) => mayRedactDiscussionRevision(viewer, discussion),
  ),
  ...rows(
    ['deleteDiscussion', ''],
    [...IN_PLACE, 'without comments'],
    onDiscussion('delete'),
    DISCUSSION,
    (viewer, { discussion, hasComments }) => mayDeleteDiscussion(viewer, discussion, hasComments),
  ),
  ...rows(
    ['restoreDiscussion', ''],
    IN_PLACE,
    onDiscussion('restore'),
    DISCUSSION,
    (viewer, { discussion }) => mayRestoreDiscussion(viewer, discussion),
  ),
  ...rows(
    ['restoreDiscussion', ''],
    ['discussion deleted by its asker'],
    null,
    DISCUSSION,
    (viewer, { discussion }) =>
      firstRefused(
        () => mayWrite(viewer),
        // who may not restore it may not know of it
        () => (mayRestoreDiscussion(viewer, discussion).isAllowed ? ALLOWED : refused('NOT_FOUND', '')),
      ),
  ),
  ...rows(['pinDiscussion', ''], IN_PLACE, onDiscussion('pin'), DISCUSSION, mayPin),
  ...rows(['unpinDiscussion', ''], IN_PLACE, onDiscussion('pin'), DISCUSSION, mayPin),
  ...rows(['lockDiscussion', ''], IN_PLACE, onDiscussion('lock'), DISCUSSION, mayLock),
  ...rows(['unlockDiscussion', ''], IN_PLACE, onDiscussion('lock'), DISCUSSION, mayLock),
  ...rows(['closeDiscussion', ''], IN_PLACE, onDiscussion('close'), DISCUSSION, mayClose),
  ...rows(['reopenDiscussion', ''], IN_PLACE, onDiscussion('close'), DISCUSSION, mayClose),
  ...rows(
    ['markDuplicate', ''],
    IN_PLACE,
    onDiscussion('markDuplicate'),
    ({ discussionId, otherDiscussionId }) => ({ discussionId, originalId: otherDiscussionId }),
    mayClose,
  ),
  ...rows(['unmarkDuplicate', ''], IN_PLACE, onDiscussion('markDuplicate'), DISCUSSION, mayClose),
];
