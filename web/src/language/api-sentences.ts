import { apiSentences } from '../generated/messages.ts';
import { type Language, speechOf } from './language.ts';

/** What differs between two sentences of a kind: numbers and quoted values. */
const VALUE = /"[^"]*"|\d+(?:[.,]\d+)*/g;

/**
 * A sentence of the API in the reader's language. Null if it has no translation. The code of a refusal is not enough for
 * one: FORBIDDEN has dozens of reasons, and readers need theirs.
 */
export function translateSentence(language: Language, sentence: string): string | null {
  if (language === 'en') return sentence;
  const values = (sentence.match(VALUE) ?? []).map((value) => written(language, value));
  const translation = apiSentences[language]?.[sentence.replace(VALUE, '#')];
  let at = 0;
  return translation?.replace(/#/g, () => values[at++] ?? '') ?? null;
}

/** A number as the language writes it. Quoted values stay, and so do digits that are no number, such as those of U+0000. */
function written(language: Language, value: string): string {
  const digits = value.replaceAll(',', '');
  return String(Number.parseInt(digits, 10)) === digits
    ? speechOf(language).formats.number(Number(digits))
    : value;
}
