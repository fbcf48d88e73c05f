const BASE = 'http://local.invalid';

/** A path of this site from a form or an address. Anything that would lead to another site is replaced by `/`. */
export function localPath(text: string | null): string {
  if (text === null || !text.startsWith('/') || !URL.canParse(text, BASE)) return '/';
  const { origin, pathname, search, hash } = new URL(text, BASE);
  return origin === BASE && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
}
