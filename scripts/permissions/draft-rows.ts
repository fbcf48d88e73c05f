import { mayWrite } from '../../src/access/viewer.ts';
import { type Row, rows, type Things } from './row.ts';

const body = 'A text.';

/** A draft can be saved also where its text could not be posted. `deleteDraft` is in own-rows.ts. */
export const ROWS: readonly Row[] = [
  ...rows(['saveDraft', 'of a new discussion'], ['open'], null, () => ({ title: 'A?', body }), mayWrite),
  ...rows(
    ['saveDraft', 'of a comment'],
    ['open', 'locked'],
    null,
    ({ discussionId }: Things) => ({ discussionId, body }),
    mayWrite,
  ),
  ...rows(
    ['saveDraft', 'of a reply'],
    ['open', 'locked', 'comment deleted by its author'],
    null,
    ({ commentId }: Things) => ({ replyToId: commentId, body }),
    mayWrite,
  ),
  ...rows(
    ['saveDraft', 'of an edit'],
    ['open', 'locked'],
    null,
    ({ discussionId }: Things) => ({ editedId: discussionId, body }),
    mayWrite,
  ),
];
