import { buildWeb } from '../../scripts/web.ts';

/** Builds the front end before the tests that open it. */
export const setup = buildWeb;
