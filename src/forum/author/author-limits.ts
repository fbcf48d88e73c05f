import { lineRule, type TextRule } from '../../text/text-rules.ts';

/** The longest names that people have are shorter; longer ones break every line that they stand in. */
const NAME_CHARS_MAX = 100;
/** Imported titles run to 130. */
const TITLE_CHARS_MAX = 150;
/** An index of names is read, and typed: longer ones are neither. */
export const HANDLE_CHARS_MAX = 40;

export const AUTHOR_NAME: TextRule = lineRule('A name', NAME_CHARS_MAX);
export const AUTHOR_TITLE: TextRule = lineRule('A title', TITLE_CHARS_MAX);
export const AUTHOR_COMPANY: TextRule = lineRule('A company', NAME_CHARS_MAX);
export const AUTHOR_COMPANY_SEGMENT: TextRule = lineRule('A company segment', NAME_CHARS_MAX);
export const AUTHOR_INDUSTRY: TextRule = lineRule('An industry', NAME_CHARS_MAX);
