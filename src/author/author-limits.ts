import { lineRule, type TextRule } from '../kit/text.ts';
import { checkedWebAddress } from '../kit/web-address.ts';

/** The longest names that people have are shorter; longer ones break every line that they stand in. */
export const AUTHOR_NAME_CHARS_MAX = 100;
/** Imported titles run to 130. */
export const AUTHOR_TITLE_CHARS_MAX = 150;

export const AUTHOR_NAME: TextRule = lineRule('A name', AUTHOR_NAME_CHARS_MAX);
export const AUTHOR_TITLE: TextRule = lineRule('A title', AUTHOR_TITLE_CHARS_MAX);
export const AUTHOR_COMPANY: TextRule = lineRule('A company', AUTHOR_NAME_CHARS_MAX);
export const AUTHOR_COMPANY_SEGMENT: TextRule = lineRule('A company segment', AUTHOR_NAME_CHARS_MAX);
export const AUTHOR_INDUSTRY: TextRule = lineRule('An industry', AUTHOR_NAME_CHARS_MAX);

/** A picture's address as it is stored. Only https: pages that are served so show no other pictures. */
export function checkedAvatarUrl(text: string, field: string): string {
  return checkedWebAddress(text, field, "A picture's address", /^https:$/);
}
