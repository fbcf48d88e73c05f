import { randomBytes } from 'node:crypto';
import { encodeTime } from 'ulid';

/** Makes the id of a new row. `at` is the creation time of the row. */
export type NewId = (at?: Date | number) => string;

/** The form of a row id. */
export const ROW_ID = /^[0-9a-hjkmnp-tv-z]{26}$/;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** A ULID has 10 characters of time and 16 random ones (https://github.com/ulid/spec). */
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;
/** The number of milliseconds to remember. An import alternates between a few hundred. */
const REMEMBERED_MAX = 1_000;

const lastOf = new Map<number, string>();

/**
 * A new row id: a ULID in lower case, 26 characters that sort by time. Ids of one millisecond sort in the order of
 * creation in this process. Times before 1970 count as 1970, which is the first time of a ULID.
 */
export const newId: NewId = (at = Date.now()) => {
  const ms = Math.max(0, Math.trunc(Number(at)));
  const last = lastOf.get(ms);
  const random = last === undefined ? randomPart() : successor(last);
  lastOf.delete(ms);
  lastOf.set(ms, random);
  if (lastOf.size > REMEMBERED_MAX) lastOf.delete(lastOf.keys().next().value as number);
  return encodeTime(ms, TIME_CHARS).toLowerCase() + random;
};

/** The first character is in the lower half of the alphabet, so that incrementing never overflows. */
function randomPart(): string {
  return Array.from(randomBytes(RANDOM_CHARS), (byte, i) => ALPHABET[byte & (i === 0 ? 15 : 31)]).join('');
}

function successor(part: string): string {
  const chars = [...part];
  for (let i = chars.length - 1; i >= 0; i--) {
    const digit = ALPHABET.indexOf(chars[i] as string) + 1;
    chars[i] = ALPHABET[digit & 31] as string;
    if (digit < 32) break;
  }
  return chars.join('');
}
