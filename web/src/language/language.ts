import { catalogues, LANGUAGES, type MessageValues } from '../generated/messages.ts';
import { Formats } from './formats.ts';

export type Language = (typeof LANGUAGES)[number];
export type MessageKey = keyof MessageValues;

/** The text of a message. Values are only given to messages that have some. */
export type Text = <K extends MessageKey>(
  key: K,
  ...values: MessageValues[K] extends null ? [] : [values: MessageValues[K]]
) => string;

/** A language's texts and formats. */
export interface Speech {
  readonly language: Language;
  readonly text: Text;
  readonly formats: Formats;
}

const DEFAULT: Language = 'en';
const speeches = new Map<Language, Speech>();

export function speechOf(language: Language): Speech {
  const known = speeches.get(language);
  if (known) return known;
  const messages = catalogues[language] ?? {};
  const formats = new Formats(language, String(messages['time.now']));
  const text: Text = (key, ...[values]) => {
    const message = messages[key];
    return typeof message === 'function' ? message(formats, values ?? {}) : (message ?? key);
  };
  const speech = { language, text, formats };
  speeches.set(language, speech);
  return speech;
}

export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

/** The language that a reader has chosen, or else the one that their browser prefers. */
export function languageOf(chosen: string | undefined, accepted: string | undefined): Language {
  if (chosen !== undefined && isLanguage(chosen)) return chosen;
  const ranges = (accepted ?? '').split(',').map((range) => {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const quality = parameters.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find((q) => q !== undefined);
    return { base: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) };
  });
  const best = ranges
    .filter(({ base, quality }) => quality > 0 && isLanguage(base))
    .sort((a, b) => b.quality - a.quality)[0];
  return (best?.base as Language | undefined) ?? DEFAULT;
}

/** All languages with their names in themselves. */
export const languages: readonly { readonly language: Language; readonly name: string }[] = LANGUAGES.map(
  (language) => ({
    language,
    name: new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language,
  }),
);
