import { isLanguage, type Language, languageOf } from '../language/language.ts';

export type Theme = 'light' | 'dark' | 'system';

/** How a reader gets pages. */
export interface Reader {
  readonly language: Language;
  readonly theme: Theme;
  /** Whether the page is a discussion in a page of another site, or answers a form of one. */
  readonly isEmbedded: boolean;
}

/**
 * What a reader has chosen, or else what their browser prefers. `here`: the path of the page that they are on. In a frame
 * it says what the host's page has chosen.
 */
export function readerOf(
  here: string,
  cookies: ReadonlyMap<string, string>,
  acceptLanguage: string | undefined,
): Reader {
  const isEmbedded = isFrame(here);
  const chosen = new URLSearchParams(isEmbedded ? here.replace(/^[^?]*\??|#.*$/gs, '') : '');
  const language = chosen.get('language') ?? '';
  const theme = isEmbedded ? chosen.get('theme') : cookies.get('parley_theme');
  return {
    language: isLanguage(language) ? language : languageOf(cookies.get('parley_language'), acceptLanguage),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    isEmbedded,
  };
}

/** Whether a path is that of a discussion in a page of another site. */
export function isFrame(path: string): boolean {
  return /^\/embed(?:[?#]|$)/.test(path);
}
