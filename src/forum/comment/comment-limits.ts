import { bodyRule } from '../../text/text-rules.ts';

/** As long as a discussion's own text may be: a thorough answer needs the same room as its question. */
export const COMMENT_BODY_CHARS_MAX = 60_000;

export const COMMENT_BODY = bodyRule('A comment', COMMENT_BODY_CHARS_MAX);
