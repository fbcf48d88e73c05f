// What may be written. Texts are kept as they were sent, but for Unicode's normal form: the same letter must not be
// two different ones in searches and names, and it is made so once, here.
import { badInput } from '../access/errors.ts';

/** One kind of text: how much of it there may be, and whether it stands on one line. */
export interface TextRule {
  /** What it is called in a message, such as "A title". */
  readonly what: string;
  readonly charsMin: number;
  readonly charsMax: number;
  readonly isOneLine: boolean;
}

/** LRO and RLO turn all that follows around, whatever it is: `moc.live` would read as an address it is not. */
const BIDI_OVERRIDE = /[\u202D\u202E]/;
/** Embeddings and isolates too, where a text stands inside other people's lines. */
const BIDI_CONTROL = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;
/** All that Unicode calls a line end. */
const LINE_END = /[\n\v\f\r\u0085\u2028\u2029]/;
/** Something that leaves a mark: a letter, a sign or a picture; neither blanks nor controls nor what joins others. */
const MARK = /[^\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\p{M}]/u;

/**
 * Marks on one letter: living scripts set a few, and who piles them up for fun sets about a hundred. Bringing a pile
 * into its normal form takes time with the square of its height: one of 100,000 would hold up the process for seconds.
 */
const MARKS_IN_A_ROW_MAX = 200;
const PILE_OF_MARKS = new RegExp(`\\p{M}{${MARKS_IN_A_ROW_MAX + 1}}`, 'u');

/** A text that stays on one line among others: a title, a name, a label. */
export function lineRule(what: string, charsMax: number, charsMin = 1): TextRule {
  return { what, charsMin, charsMax, isOneLine: true };
}

/** A text in Markdown. */
export function bodyRule(what: string, charsMax: number): TextRule {
  return { what, charsMin: 1, charsMax, isOneLine: false };
}

/**
 * Unicode's composed form (NFC): the form that most keyboards write and most programs compare. A pile of marks, which
 * `textFault` refuses, stays as it is.
 */
export function normalized(text: string): string {
  return PILE_OF_MARKS.test(text) ? text : text.normalize('NFC');
}

/** Why a text may not be written; null: it may. Characters are counted as people count them on a screen's side: by code point. */
export function textFault(text: string, { what, charsMin, charsMax, isOneLine }: TextRule): string | null {
  if (text.includes('\0') || !text.isWellFormed())
    return `${what} cannot contain U+0000 or an unpaired surrogate.`;
  if (!MARK.test(text)) return charsMin === 0 && text === '' ? null : `${what} cannot be empty or blank.`;
  const chars = charsOf(text);
  if (chars < charsMin) return `${what} has at least ${charsMin} characters, not ${chars}.`;
  if (chars > charsMax) return `${what} has at most ${charsMax} characters, not ${chars}.`;
  if (PILE_OF_MARKS.test(text))
    return `${what} cannot contain more than ${MARKS_IN_A_ROW_MAX} combining marks on one letter.`;
  if (BIDI_OVERRIDE.test(text))
    return `${what} cannot contain U+202D or U+202E, which change the order in which text is shown.`;
  if (isOneLine && LINE_END.test(text)) return `${what} must be a single line.`;
  return null;
}

/** The text as it is stored. Throws BAD_USER_INPUT with the field and the reason. */
export function checkedText(text: string, rule: TextRule, field: string): string {
  const normal = normalized(text);
  const fault = textFault(normal, rule);
  if (fault !== null) throw badInput(fault, field);
  return normal;
}

/** The same for a name that stands inside other people's lines: trimmed, and without any sign that turns text around. */
export function checkedName(text: string, rule: TextRule, field: string): string {
  const name = checkedText(text.trim(), rule, field);
  if (BIDI_CONTROL.test(name))
    throw badInput(`${rule.what} cannot contain characters that change the direction of text.`, field);
  return name;
}

/** How many characters a text has, as limits count them: by code point. */
export function charsOf(text: string): number {
  let chars = 0;
  for (const _ of text) chars++;
  return chars;
}
