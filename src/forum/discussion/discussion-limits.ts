import { bodyRule, lineRule } from '../../text/text-rules.ts';

/** A title is a question on one line; GitHub stops at 256, and imported ones have run to 280. */
export const DISCUSSION_TITLE_CHARS_MAX = 300;
/** Some thirty printed pages. Rendering the worst text of this length takes about a quarter of a second. */
export const DISCUSSION_BODY_CHARS_MAX = 60_000;
/** Room for a URL or a path in a host's site, which is what most hosts use as a key. */
const EXTERNAL_ID_CHARS_MAX = 255;
/** Whoever needs more has not said what the question is about. */
export const TAGS_MAX = 10;
/** A label stands beside a title: an attribution, not a text. */
const PIN_LABEL_CHARS_MAX = 200;

export const DISCUSSION_TITLE = lineRule('A title', DISCUSSION_TITLE_CHARS_MAX);
export const DISCUSSION_BODY = bodyRule('A text', DISCUSSION_BODY_CHARS_MAX);
export const EXTERNAL_ID = lineRule('An `externalId`', EXTERNAL_ID_CHARS_MAX);
export const PIN_LABEL = lineRule('A label', PIN_LABEL_CHARS_MAX);
