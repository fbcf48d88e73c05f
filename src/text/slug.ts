import { createHash } from 'node:crypto';
import slugify from '@sindresorhus/slugify';
import { badInput } from '../access/errors.ts';

/** Long enough for a question and short enough to read aloud. A number may be appended. */
export const SLUG_CHARS_MAX = 96;
/** An index entry of PostgreSQL holds 2704 bytes, and a character has up to 4. */
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

/** A slug or handle from an input, which must have the form of generated ones. Throws BAD_USER_INPUT. */
export function checkedSlug(text: string, what: string, charsMax: number, field: string): string {
  if (text.length <= charsMax && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) return text;
  throw badInput(
    `${what} consists of lowercase ASCII letters and digits, in words joined by hyphens, with at most ${charsMax} characters.`,
    field,
  );
}

/**
 * A key that is equal for titles that differ only in case, spacing, punctuation or the kind of apostrophe. Unlike the
 * slug it preserves every script, "+" and "#", so that "C++" differs from "C#" and Chinese titles differ from each other.
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
 * The first of `base`, `base-2`, `base-3`, … that is free. `takenAmong` returns which of some slugs are taken. The number
 * of slugs grows with each call, so that the thousandth equal title costs three queries.
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
