import { randomFillSync } from 'node:crypto';
import { encodeTime } from 'ulid';

/** Makes the id of a new row; `at` is the row's own creation time. */
export type NewId = (at?: Date | number) => string;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** ULID: 10 characters of time, 16 of chance (https://github.com/ulid/spec). */
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;
/** How many milliseconds are remembered; an importer jumps back and forth between a few hundred. */
const REMEMBERED_MAX = 1_000;

const lastOf = new Map<number, string>();

/**
 * A new row id: a ULID in lower case, 26 characters that sort by time. Ids of the same millisecond sort in the order
 * in which this process made them. Times before 1970 count as 1970: ULIDs know none.
 */
export const newId: NewId = (at = Date.now()) => {
  const ms = Math.max(0, Math.trunc(Number(at)));
  const last = lastOf.get(ms);
  const chance = last === undefined ? randomPart() : successor(last);
  lastOf.delete(ms);
  lastOf.set(ms, chance);
  if (lastOf.size > REMEMBERED_MAX) lastOf.delete(lastOf.keys().next().value as number);
  return encodeTime(ms, TIME_CHARS).toLowerCase() + chance;
};

/** Asking the system for chance costs more than making an id of it: this is asked for once in 256 ids. */
const pool = Buffer.alloc(256 * RANDOM_CHARS);
let used = pool.length;

/** The first character stays in the lower half, so that counting up never runs out of digits. */
function randomPart(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  let part = '';
  for (const end = used + RANDOM_CHARS; used < end; used++)
    part += ALPHABET[(pool[used] as number) & (part === '' ? 15 : 31)];
  return part;
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
