import { lineRule } from '../text/text-rules.ts';

/** A path in SMTP holds 256 bytes, two of them brackets (RFC 5321, 4.5.3.1.3). */
export const EMAIL_CHARS_MAX = 254;
/** What an owner calls a key, to know it again in a list. */
export const API_KEY_NAME = lineRule('A name', 100);
/** Browsers' are under 200 characters; the rest of a longer one tells nobody anything. */
export const USER_AGENT_CHARS_MAX = 255;
/** More devices nobody has. Whoever signs in at each run and never out pushes their own oldest sessions out. */
export const SESSIONS_OF_ACCOUNT_MAX = 100;

/** A letter is read soon or never, and this one opens the account. */
export const RESET_TOKEN_MS = 60 * 60 * 1000;
/** Over a weekend. */
export const CONFIRMATION_TOKEN_MS = 3 * 24 * 60 * 60 * 1000;

/** How exact "last used" is: one write in this time, however often a session or key is used. */
export const USE_NOTED_EVERY_MS = 5 * 60 * 1000;
