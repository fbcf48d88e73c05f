import { createHash } from 'node:crypto';
import slugify from '@sindresorhus/slugify';
import { badInput } from '../access/errors.ts';

/** Long enough for a question and short enough to read aloud. A number may be appended. */
export const SLUG_CHARS_MAX = 96;
/** An index entry of PostgreSQL holds 2704 bytes, and a character has up to 4. */
const TITLE_KEY_CHARS_MAX = 300;
const FALLBACK = 'discussion';

/**
 * The title as lower-case words joined by hyphens, at most SLUG_CHARS_MAX characters, cut between words. Letters become
 * ASCII where they can be transliterated ("Москва", "Über"); letters of other scripts stay ("日本語", "ไทย"). A title
 * without letters and digits gives `fallback`.
 */
export function slugOf(title: string, fallback = FALLBACK): string {
  return cut(transliterated(title), SLUG_CHARS_MAX) || fallback;
}

/** The same in ASCII alone with at most `charsMax` characters, for handles. */
export function asciiSlugOf(title: string, fallback: string, charsMax: number): string {
  return cut(slugify(title, { decamelize: false }), charsMax) || fallback;
}

function cut(slug: string, charsMax: number): string {
  if (slug.length <= charsMax) return slug;
  const end = slug.lastIndexOf('-', charsMax);
  return end > 0 ? slug.slice(0, end) : slug.slice(0, charsMax).replace(/[\uD800-\uDBFF]$/, '');
}

function transliterated(title: string): string {
  const text = title
    .normalize('NFC')
    .replaceAll(/(?<=[\p{L}\p{N}])\+{1,3}(?![\p{L}\p{N}+])/gu, (signs) => ' plus'.repeat(signs.length))
    .replaceAll(/(?<=\p{L})#(?![\p{L}\p{N}#])/gu, ' sharp');
  const parts: string[] = [];
  let other = '';
  let isAfterKept = false;
  const addOther = () => {
    // the letters at both ends preserve the hyphens there
    if (other !== '') parts.push(slugify(`x${other}x`, { decamelize: false }).slice(1, -1));
    other = '';
  };
  for (const char of text) {
    const form = isLost(char) ? plainForm(char) : char;
    const isKept: boolean = isLost(form) && (isAfterKept || !/^\p{M}/u.test(form));
    if (isKept) {
      addOther();
      parts.push(form);
    } else {
      other += form;
    }
    isAfterKept = isKept;
  }
  addOther();
  return parts
    .join('')
    .normalize('NFKC')
    .replaceAll(/(?<=^|-)\p{M}+/gu, '')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** In lower case and of usual width. A sign that stands for several words separates them. */
function plainForm(char: string): string {
  const form = char.toLowerCase().normalize('NFKC');
  return /^[\p{L}\p{N}\p{M}]+$/u.test(form) ? form : '-';
}

const lost = new Map<string, boolean>();

/** Whether letters, digits or marks have no transliteration. Each character takes microseconds, so results are kept. */
function isLost(char: string): boolean {
  if (char < '\u0080' || !/[\p{L}\p{N}\p{M}]/u.test(char)) return false;
  let is = lost.get(char);
  if (is === undefined) {
    is = slugify(char, { decamelize: false }) === '';
    lost.set(char, is);
  }
  return is;
}

/** A slug from an input, which must have the form of generated ones. Throws BAD_USER_INPUT. */
export function checkedSlug(text: string, field: string): string {
  if (text.length <= SLUG_CHARS_MAX && UNICODE_SLUG.test(text) && text === lowerSlug(text)) return text;
  throw badInput(
    `A slug consists of lowercase letters and digits, in words joined by hyphens, with at most ${SLUG_CHARS_MAX} characters.`,
    field,
  );
}

/** A slug as it is stored and compared: in lower case, and without ligatures and letters of other widths. */
export function lowerSlug(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The form of a slug. */
export const UNICODE_SLUG = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:-[\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*$/u;

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

/** The numbers of the first query: the first few, then powers of two up to a number that no title reaches. */
const FIRST_NUMBERS = [
  ...Array.from({ length: 10 }, (_, i) => i + 1),
  ...Array.from({ length: 37 }, (_, i) => 2 ** (i + 4)),
];
/** Candidates in each further query. */
const CANDIDATES = 64;

/**
 * A free one of `base`, `base-2`, `base-3`, …: the first one, if it is among the first ten or if there is no gap before
 * it. `takenAmong` returns which of some slugs are taken. The number of queries grows with the logarithm of the number
 * of equal titles: three for a thousand, five for a million.
 */
export async function nextFreeSlug(
  base: string,
  takenAmong: (slugs: string[]) => Promise<Iterable<string>>,
): Promise<string> {
  const slugOfNumber = (n: number) => (n === 1 ? base : `${base}-${n}`);
  let numbers = FIRST_NUMBERS;
  for (let last = 0; ; ) {
    const taken = new Set(await takenAmong(numbers.map(slugOfNumber)));
    const at = numbers.findIndex((n) => !taken.has(slugOfNumber(n)));
    const free = numbers[at];
    if (free === undefined) throw new Error(`No slug is free for "${base}".`);
    // `last` is taken and `free` is free: somewhere between them a taken one is followed by a free one
    last = numbers[at - 1] ?? last;
    if (free - last === 1) return slugOfNumber(free);
    const step = Math.ceil((free - last) / CANDIDATES);
    numbers = [];
    for (let n = last + step; n < free; n += step) numbers.push(n);
    numbers.push(free);
  }
}
