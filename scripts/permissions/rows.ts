import { AUTHOR_ROWS } from './author-rows.ts';
import { CATALOG_ROWS } from './catalog-rows.ts';
import { COMMENT_ROWS } from './comment-rows.ts';
import { DISCUSSION_ROWS } from './discussion-rows.ts';
import type { Row } from './row.ts';

/** Everything that is tried. */
export const ROWS: readonly Row[] = [...DISCUSSION_ROWS, ...COMMENT_ROWS, ...CATALOG_ROWS, ...AUTHOR_ROWS];
