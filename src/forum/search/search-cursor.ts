import { createHash } from 'node:crypto';
import { badInput } from '../../access/errors.ts';
import type { SearchOrder, SearchType } from '../../generated/graphql.ts';

/** A place in the results of one search. */
export interface SearchPosition {
  /** With RELEVANCE: the number up to which texts are ranked. Newer texts came after the search began. */
  readonly newest: number;
  /** The rank of a ranked result. Null: the place is among the results that are in the order of time. */
  readonly rank: number | null;
  readonly n: number;
}

/** Makes and reads the cursors of one search. */
export class SearchCursors {
  readonly #search: readonly string[];
  #made: string | null = null;

  constructor(query: string, type: SearchType, order: SearchOrder) {
    this.#search = [query, type, order];
  }

  /** Most searches show no cursor, and then it is not made. */
  get #key(): string {
    this.#made ??= createHash('sha256').update(JSON.stringify(this.#search)).digest('base64url').slice(0, 8);
    return this.#made;
  }

  encode({ newest, rank, n }: SearchPosition): string {
    return Buffer.from(JSON.stringify([this.#key, newest, rank, n])).toString('base64url');
  }

  /** Throws BAD_USER_INPUT for anything that `encode` did not make for the same search. */
  decode(cursor: string): SearchPosition {
    const [key, newest, rank, n] = parsed(cursor);
    if (
      !Number.isSafeInteger(newest) ||
      !Number.isSafeInteger(n) ||
      !(rank === null || Number.isFinite(rank))
    )
      throw badInput(`This cursor is not valid: "${cursor.slice(0, 80)}".`, 'after');
    if (key !== this.#key)
      throw badInput('This cursor belongs to a search with another query, type or order.', 'after');
    return { newest: newest as number, rank: rank as number | null, n: n as number };
  }
}

const CURSOR_CHARS_MAX = 200;

function parsed(cursor: string): readonly unknown[] {
  if (cursor.length > CURSOR_CHARS_MAX) return [];
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) && value.length === 4 ? value : [];
  } catch {
    return [];
  }
}
