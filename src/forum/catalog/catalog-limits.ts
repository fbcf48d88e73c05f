import { lineRule, type TextRule } from '../../text/text-rules.ts';

/** Longer than any product's name; it stands in menus. */
export const ENTRY_NAME: TextRule = lineRule('A name', 100);
