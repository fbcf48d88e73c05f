import { ALLOWED } from '../../src/access/verdict.ts';
import { type Row, rows, type Things } from './row.ts';

export const ROWS: readonly Row[] = rows(
  ['recordDiscussionView', ''],
  ['open', 'locked'],
  null,
  ({ discussionId }: Things) => ({ discussionId }),
  () => ALLOWED,
);
