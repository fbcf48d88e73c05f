// The API's rules for texts, for texts that come from elsewhere: what can be mended is mended, and said in the report.
import { charsOf, nameFault, normalized, type TextRule, textFault } from '../text/text-rules.ts';

/** A text that keeps a rule, and what was changed in it. Null if it cannot be mended; then `reason` says why. */
export type Fitted =
  | { readonly text: string; readonly changes: readonly string[] }
  | { readonly text: null; readonly reason: string };

/** Fits a text to a rule of the API: it is cut, made one line, or loses the characters that are not allowed. */
export function fitText(text: string, rule: TextRule): Fitted {
  const given = normalized(rule.isTrimmed ? text.trim() : text, rule.charsMax);
  return textFault(given, rule) === null ? { text: given, changes: [] } : mended(given, rule, textFault);
}

/** The same for a name within other people's lines. */
export function fitName(text: string, rule: TextRule): Fitted {
  const given = normalized(text.trim(), rule.charsMax);
  return nameFault(given, rule) === null ? { text: given, changes: [] } : mended(given, rule, nameFault);
}

const ONE_LINE = 'made one line';

function mended(given: string, rule: TextRule, faultOf: typeof textFault): Fitted {
  const changes: string[] = [];
  const step = (name: string, changed: string, before: string) => {
    if (changed !== before) changes.push(name);
    return changed;
  };
  let text = step('characters removed', withoutForbidden(given, faultOf === nameFault), given);
  if (rule.isOneLine)
    text = step(ONE_LINE, text.replaceAll(/\s*[\n\v\f\r\u0085\u2028\u2029]\s*/g, ' '), text);
  text = step('combining marks removed', withFewMarks(text), text);
  text = step('cut', cut(text, rule.charsMax), text);
  text = normalized(rule.isOneLine ? text.trim() : text, rule.charsMax);
  const reason = faultOf(text, rule);
  return reason === null ? { text, changes } : { text: null, reason };
}

function withoutForbidden(text: string, isName: boolean): string {
  const plain = text.toWellFormed().replaceAll(/[\0\u202D\u202E]/g, '');
  return isName ? plain.replaceAll(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '') : plain;
}

/** At most this many marks of a run are kept: more than any script needs. */
const MARKS_KEPT = 20;

function withFewMarks(text: string): string {
  return text.replaceAll(/\p{M}+/gu, (marks) =>
    marks.length > 200 ? [...marks.slice(0, 2 * MARKS_KEPT)].slice(0, MARKS_KEPT).join('') : marks,
  );
}

/** The text with at most so many code points. A cut one ends in an ellipsis. */
function cut(text: string, charsMax: number): string {
  if (text.length <= charsMax || charsOf(text) <= charsMax) return text;
  let [chars, end] = [0, 0];
  for (const char of text) {
    if (++chars === charsMax) break;
    end += char.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}
