import { createHash } from 'node:crypto';
import slugify from '@sindresorhus/slugify';
import { badInput } from '../access/errors.ts';

/** Long enough for a question, short enough for an address that is read aloud. The number comes on top. */
export const SLUG_CHARS_MAX = 96;
/** An index entry of PostgreSQL holds 2704 bytes; a character has up to 4. */
const TITLE_KEY_CHARS_MAX = 300;
const FALLBACK = 'discussion';

/**
 * The title as lower-case ASCII words joined by hyphens, at most SLUG_CHARS_MAX characters, cut between words.
 * A title without any such word (one in Chinese, say) gives `fallback`.
 */
export function slugOf(title: string, fallback = FALLBACK): string {
  const slug = slugify(title, { decamelize: false });
  if (slug.length <= SLUG_CHARS_MAX) return slug || fallback;
  const end = slug.lastIndexOf('-', SLUG_CHARS_MAX);
  return slug.slice(0, end > 0 ? end : SLUG_CHARS_MAX);
}

/** A slug or a handle that somebody has chosen: made of the same words as those that are made here. Throws BAD_USER_INPUT. */
export function checkedSlug(text: string, what: string, charsMax: number, field: string): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= charsMax) return text;
  throw badInput(
    `${what} consists of lowercase ASCII letters and digits, in words joined by hyphens, with at most ${charsMax} characters.`,
    field,
  );
}

/**
 * What two writings of one title have in common: case, spacing, punctuation and the kind of apostrophe do not count.
 * Unlike the slug it keeps every script, "+" and "#", so that "C++" is not "C#" and no two Chinese titles are one.
 */
export function titleKeyOf(title: string): string {
  const plain = title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’‘ʼ`]/g, '')
    .replaceAll('&', ' and ');
  const key = plain.match(/[\p{L}\p{M}\p{N}+#]+/gu)?.join('-') ?? plain.trim();
  if (key.length <= TITLE_KEY_CHARS_MAX) return key;
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return `${key.slice(0, TITLE_KEY_CHARS_MAX - 17).toWellFormed()}-${digest}`;
}

/**
 * The first of `base`, `base-2`, `base-3`, … that is free. `takenAmong` says which of the given slugs are taken; it
 * is asked for a few at first, then for ever more, so that the thousandth equal title costs three questions.
 */
export async function nextFreeSlug(
  base: string,
  takenAmong: (slugs: string[]) => Promise<Iterable<string>>,
): Promise<string> {
  for (let from = 1, count = 10; ; from += count, count *= 10) {
    const slugs = Array.from({ length: count }, (_, i) => (from + i === 1 ? base : `${base}-${from + i}`));
    const taken = new Set(await takenAmong(slugs));
    const free = slugs.find((slug) => !taken.has(slug));
    if (free !== undefined) return free;
  }
}
