// The rules for texts in inputs. Texts are stored as they were sent, except that Unicode is normalised here, so that one
// letter has one form in searches and names, and that titles and labels are trimmed.
import { badInput } from '../access/errors.ts';
import { tableCellsIn } from './table-cells.ts';

/** A kind of text with its limits. */
export interface TextRule {
  /** Its name in messages, such as "A title". */
  readonly what: string;
  readonly charsMax: number;
  readonly isOneLine: boolean;
  /** Whether blanks at both ends are removed before it is checked and stored. */
  readonly isTrimmed?: boolean;
  /** Whether it may consist of blanks alone. */
  readonly isBlankAllowed?: boolean;
}

/** LRO and RLO reverse the text that follows: `moc.live` would read as another address. */
const BIDI_OVERRIDE = /[\u202D\u202E]/;
/** Embeddings and isolates as well, for names that appear within other people's lines. */
const BIDI_CONTROL = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;
/** All line ends of Unicode. */
const LINE_END = /[\n\v\f\r\u0085\u2028\u2029]/;
/**
 * A visible character: not a blank, a control character, or a combining mark. U+2800 and U+1D159 are blank, although
 * Unicode calls them symbols.
 */
const VISIBLE = /[^\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\p{M}\u2800\u{1D159}]/u;

/**
 * The maximum number of combining marks on one letter. Scripts in use need a few, and decorated text about a hundred.
 * Normalising takes quadratic time: 100,000 marks would block the process for seconds.
 */
const MARKS_IN_A_ROW_MAX = 200;
/** Matches each run of marks as a whole. `\p{M}{201}` would read up to 200 marks again from each of them. */
const MARKS_IN_A_ROW = /\p{M}+/gu;

/**
 * Unicode's composed form (NFC) makes one code point of at most four UTF-16 units, as of a Greek letter with three marks.
 * A text with more units than this for each allowed code point breaks its limit in every form.
 */
const UNITS_A_CHAR_MAX = 4;

/**
 * The maximum number of cells in a text's tables: a thousand rows of ten. A row of a wide table fills its missing cells,
 * so that 60,000 characters could become a megabyte of HTML.
 */
const TABLE_CELLS_MAX = 10_000;

/** A text of one line: a title, a name, a label. */
export function lineRule(what: string, charsMax: number): TextRule {
  return { what, charsMax, isOneLine: true };
}

/** A text of one line that people read: blanks at its ends are no part of it. */
export function trimmedRule(what: string, charsMax: number): TextRule {
  return { ...lineRule(what, charsMax), isTrimmed: true };
}

/** The limits of a text for one that is being written: it may be empty or blank, and blanks at its ends stay. */
export function unfinished(rule: TextRule): TextRule {
  return { ...rule, isTrimmed: false, isBlankAllowed: true };
}

/** A text in Markdown. */
export function bodyRule(what: string, charsMax: number): TextRule {
  return { what, charsMax, isOneLine: false };
}

/**
 * Whether a text is certainly longer than `charsMax` code points, in whatever form of Unicode. It takes no time, so it is
 * checked before a text is normalised, folded, hashed or matched.
 */
export function isOverlong(text: string, charsMax: number): boolean {
  return text.length > UNITS_A_CHAR_MAX * charsMax;
}

/**
 * Unicode's composed form (NFC), which most keyboards produce. A text that is overlong or has too many combining marks is
 * returned unchanged: `textFault` refuses it.
 */
export function normalized(text: string, charsMax: number): string {
  return isOverlong(text, charsMax) || hasTooManyMarks(text) ? text : text.normalize('NFC');
}

function hasTooManyMarks(text: string): boolean {
  for (const [marks] of text.matchAll(MARKS_IN_A_ROW)) {
    if (marks.length > MARKS_IN_A_ROW_MAX && charsOf(marks) > MARKS_IN_A_ROW_MAX) return true;
  }
  return false;
}

/** The reason why a text is refused. Null if it is allowed. Lengths are in code points. */
export function textFault(
  text: string,
  { what, charsMax, isOneLine, isBlankAllowed }: TextRule,
): string | null {
  if (isOverlong(text, charsMax)) return tooLong(what, charsMax, charsOf(text));
  if (hasTooManyMarks(text))
    return `${what} cannot contain more than ${MARKS_IN_A_ROW_MAX} combining marks on one letter.`;
  if (text.includes('\0') || !text.isWellFormed())
    return `${what} cannot contain U+0000 or an unpaired surrogate.`;
  if (!isBlankAllowed && !VISIBLE.test(text)) return `${what} cannot be empty or blank.`;
  const chars = charsOf(text);
  if (chars > charsMax) return tooLong(what, charsMax, chars);
  if (BIDI_OVERRIDE.test(text))
    return `${what} cannot contain U+202D or U+202E, which change the order in which text is shown.`;
  if (isOneLine && LINE_END.test(text)) return `${what} must be a single line.`;
  if (!isOneLine && tableCellsIn(text) > TABLE_CELLS_MAX)
    return `${what} has at most ${TABLE_CELLS_MAX} cells in its tables.`;
  return null;
}

function tooLong(what: string, charsMax: number, chars: number): string {
  return `${what} has at most ${charsMax} characters, not ${chars}.`;
}

/** Returns the text as it is stored. Throws BAD_USER_INPUT with the field and the reason. */
export function checkedText(text: string, rule: TextRule, field: string): string {
  const normal = normalized(rule.isTrimmed ? text.trim() : text, rule.charsMax);
  const fault = textFault(normal, rule);
  if (fault !== null) throw badInput(fault, field);
  return normal;
}

/** The same for a name within other people's lines. It is trimmed and must not change the direction of text. */
export function checkedName(text: string, rule: TextRule, field: string): string {
  const name = normalized(text.trim(), rule.charsMax);
  const fault = nameFault(name, rule);
  if (fault !== null) throw badInput(fault, field);
  return name;
}

/** The same as `textFault` for a name. */
export function nameFault(name: string, rule: TextRule): string | null {
  return (
    textFault(name, rule) ??
    (BIDI_CONTROL.test(name)
      ? `${rule.what} cannot contain characters that change the direction of text.`
      : null)
  );
}

/** The length of a text in code points, as limits count it. */
export function charsOf(text: string): number {
  let chars = 0;
  for (const _ of text) chars++;
  return chars;
}
