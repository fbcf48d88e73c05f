import { COMMENT_ROWS } from './comment-rows.ts';
import { DISCUSSION_ROWS } from './discussion-rows.ts';
import type { Row } from './row.ts';

/** Everything that is tried. */
export const ROWS: readonly Row[] = [...DISCUSSION_ROWS, ...COMMENT_ROWS];
