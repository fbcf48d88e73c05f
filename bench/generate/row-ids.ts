import { encodeTime } from 'ulid';
import type { Random } from './random.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Makes row ids like `newId` of src/store/ids.ts, but with repeatable chance. */
export function rowIds(random: Random): (createdAt: number) => string {
  return (createdAt) => {
    let id = encodeTime(createdAt, 10).toLowerCase();
    for (let i = 0; i < 16; i++) id += ALPHABET[random.below(32)];
    return id;
  };
}
