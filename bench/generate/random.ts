import { encodeTime } from 'ulid';

/** A repeatable source of chance: the same seed gives the same numbers on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  unit(): number;
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  /** True in `share` of the calls. */
  chance(share: number): boolean;
  /** Normally distributed around 0 with deviation 1. */
  normal(): number;
  /** One member of a list that is not empty. */
  pick<T>(from: readonly T[]): T;
}

/**
 * Chance from a seed and the name of what it is drawn for, so that one part of the generator can draw more or less
 * without moving the others. The generator is sfc32 of the PractRand suite (Chris Doty-Humphrey), seeded by FNV-1a.
 */
export function randomOf(seed: number, name: string): Random {
  let hash = 2_166_136_261 ^ seed;
  for (const char of name) hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619);
  let [a, b, c, counter] = [hash, seed ^ 0x9e3779b9, 0x243f6a88, 1];
  const unit = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  // the first numbers still show the seed
  for (let i = 0; i < 16; i++) unit();
  return {
    unit,
    below: (below) => Math.floor(unit() * below),
    chance: (share) => unit() < share,
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    pick: (from) => from[Math.floor(unit() * from.length)] as (typeof from)[number],
  };
}

/** Makes row ids as the project does (a ULID in lower case), but with repeatable chance. */
export function rowIds(random: Random): (createdAt: number) => string {
  const alphabet = [...'0123456789abcdefghjkmnpqrstvwxyz'];
  return (createdAt) => {
    const chars = Array.from({ length: 16 }, () => random.pick(alphabet));
    return encodeTime(createdAt, 10).toLowerCase() + chars.join('');
  };
}
