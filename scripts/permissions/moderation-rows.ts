import type { Row } from './row.ts';

/** The module has no mutations. */
export const ROWS: readonly Row[] = [];
