// The forms of one word as one term, in the languages that the setting SEARCH_LANGUAGES names.
import { stemmer as da } from '@orama/stemmers/danish';
import { stemmer as nl } from '@orama/stemmers/dutch';
import { stemmer as en } from '@orama/stemmers/english';
import { stemmer as fr } from '@orama/stemmers/french';
import { stemmer as de } from '@orama/stemmers/german';
import { stemmer as it } from '@orama/stemmers/italian';
import { stemmer as no } from '@orama/stemmers/norwegian';
import { stemmer as pt } from '@orama/stemmers/portuguese';
import { stemmer as es } from '@orama/stemmers/spanish';
import { stemmer as sv } from '@orama/stemmers/swedish';

const STEMMERS = { da, de, en, es, fr, it, nl, no, pt, sv };

export type SearchLanguage = keyof typeof STEMMERS;

/** Whether a language code is one whose words can be reduced to stems. */
export function isSearchLanguage(code: string): code is SearchLanguage {
  return Object.hasOwn(STEMMERS, code);
}

let languages: readonly SearchLanguage[] = [];
/** Words repeat, and stemming one takes microseconds. */
const stems = new Map<string, string>();
const STEMS_MAX = 20_000;

/**
 * Sets the languages of this process, which is done once at its start. The index must be made anew with them: see
 * index-state.ts.
 */
export function useSearchLanguages(codes: readonly SearchLanguage[]): void {
  languages = [...new Set(codes)].sort();
  stems.clear();
}

/** The languages of this process, in alphabetical order. */
export function searchLanguages(): readonly SearchLanguage[] {
  return languages;
}

/** Folded words of Latin letters. Shorter ones have no endings. */
const WORD = /^[a-z]{4,64}$/;

/**
 * The term that a word is indexed and looked up by. Nobody knows the language of a word, so that each language takes off
 * its endings in turn.
 */
export function stem(word: string): string {
  if (languages.length === 0 || !WORD.test(word)) return word;
  let found = stems.get(word);
  if (found === undefined) {
    found = languages.reduce((form, language) => STEMMERS[language](form) || form, word);
    if (stems.size >= STEMS_MAX) stems.clear();
    stems.set(word, found);
  }
  return found;
}
