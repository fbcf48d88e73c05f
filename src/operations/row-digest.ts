import { createHash } from 'node:crypto';

/** Sums of digests stay within this many bits. */
const BITS = 256n;

/** Rows in no order: how many, and the sum of their SHA-256. Two sets that are not the same have another sum. */
export interface RowDigest {
  readonly rows: number;
  readonly sum: bigint;
}

export const NO_ROWS: RowDigest = { rows: 0, sum: 0n };

/** The digest of these rows and some more. A row is its columns' values in their order. */
export function withRows({ rows, sum }: RowDigest, more: readonly (readonly unknown[])[]): RowDigest {
  let total = sum;
  for (const row of more)
    total += BigInt(`0x${createHash('sha256').update(JSON.stringify(row)).digest('hex')}`);
  return { rows: rows + more.length, sum: BigInt.asUintN(Number(BITS), total) };
}

export function isSame(one: RowDigest, other: RowDigest): boolean {
  return one.rows === other.rows && one.sum === other.sum;
}

/** JSON with its members in one order, so that the same document is the same text wherever it was stored. */
export function canonicalJson(text: string): string {
  return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
