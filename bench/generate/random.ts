import { encodeTime } from 'ulid';

export type Random = ReturnType<typeof randomOf>;

const ALPHABET = [...'0123456789abcdefghjkmnpqrstvwxyz'];

/**
 * Repeatable chance from a seed and the name of what it is drawn for, so that one part can draw more
 * or less without moving the others. The numbers are those of mulberry32 (Tommy Ettinger), seeded by FNV-1a.
 */
export function randomOf(seed: number, name: string) {
  let state = 2_166_136_261 ^ seed;
  for (const char of name) state = Math.imul(state ^ char.charCodeAt(0), 16_777_619);
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
  const pick = <T>(from: readonly T[]): T => from[Math.floor(unit() * from.length)] as T;
  return {
    /** From 0 up to, not including, 1. */
    unit,
    /** A whole number from 0 up to, not including, `below`. */
    below: (below: number) => Math.floor(unit() * below),
    /** True in `share` of the calls. */
    chance: (share: number) => unit() < share,
    /** Log-normally distributed: half below 1, a few far above. */
    skewed: (deviation: number) => Math.exp(deviation * normal()),
    /** One member of a list that is not empty. */
    pick,
    /** A row id as the project makes them: a ULID in lower case. */
    id: (createdAt: number) =>
      encodeTime(createdAt, 10).toLowerCase() + Array.from({ length: 16 }, () => pick(ALPHABET)).join(''),
  };
}
