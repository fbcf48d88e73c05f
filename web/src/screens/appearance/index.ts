import { redirect } from '../../http/answers.ts';
import { setCookie } from '../../http/cookies.ts';
import { localPath } from '../../http/local-path.ts';
import { post, type Route } from '../../http/routes.ts';
import type { Visit } from '../../http/visit.ts';
import { isLanguage } from '../../language/language.ts';

export const appearanceRoutes: readonly Route[] = [post('/appearance', choose)];

/** Remembers the language or the theme that the reader has chosen. */
function choose(visit: Visit) {
  const cookies: string[] = [];
  const language = visit.field('language');
  if (isLanguage(language)) cookies.push(plainCookie('parley_language', language));
  const theme = visit.field('theme');
  if (theme === 'light' || theme === 'dark') cookies.push(plainCookie('parley_theme', theme));
  if (theme === 'system') cookies.push(plainCookie('parley_theme', null));
  return redirect(localPath(visit.form.get('return')), cookies);

  function plainCookie(name: string, value: string | null): string {
    return setCookie(name, value, visit.site.isSecure, 'plain');
  }
}
