import { encodeTime } from 'ulid';

/** A repeatable source of chance: the same seed gives the same numbers on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  unit(): number;
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  /** True in `share` of the calls. */
  chance(share: number): boolean;
  /** Log-normally distributed: half below 1, a few far above. */
  skewed(deviation: number): number;
  /** One member of a list that is not empty. */
  pick<T>(from: readonly T[]): T;
  /** A row id as the project makes them: a ULID in lower case. */
  id(createdAt: number): string;
}

const ALPHABET = [...'0123456789abcdefghjkmnpqrstvwxyz'];

/**
 * Chance from a seed and the name of what it is drawn for, so that one part of the generator can draw more or less
 * without moving the others. The numbers are those of mulberry32 (Tommy Ettinger), seeded by FNV-1a.
 */
export function randomOf(seed: number, name: string): Random {
  let state = 2_166_136_261 ^ seed;
  for (const char of name) state = Math.imul(state ^ char.charCodeAt(0), 16_777_619);
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
  const pick = <T>(from: readonly T[]) => from[Math.floor(unit() * from.length)] as T;
  return {
    unit,
    below: (below) => Math.floor(unit() * below),
    chance: (share) => unit() < share,
    skewed: (deviation) => Math.exp(deviation * normal()),
    pick,
    id: (at) => encodeTime(at, 10).toLowerCase() + Array.from({ length: 16 }, () => pick(ALPHABET)).join(''),
  };
}
