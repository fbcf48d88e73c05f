/** A title is a question on one line; GitHub stops at 256, and imported ones have run to 280. */
export const DISCUSSION_TITLE_CHARS_MAX = 300;
/** Some thirty printed pages. Rendering the worst text of this length takes about a quarter of a second. */
export const DISCUSSION_BODY_CHARS_MAX = 60_000;
