import { createHash } from 'node:crypto';
import { badInput } from '../../access/errors.ts';
import type { SearchOrder, SearchType } from '../../generated/graphql.ts';
import { partsOf } from '../../graphql/connections/cursor.ts';
import type { TimePosition } from './time-order.ts';

/** A position in the results of one search. */
export interface SearchPosition extends TimePosition {
  /** With RELEVANCE: the number up to which texts are ranked. Newer texts came after the search began. */
  readonly newest: number;
  /**
   * The rank of a ranked result, which is behind those of the same rank with a later `key`. Null: the position is among the
   * results that are in the order of time.
   */
  readonly rank: number | null;
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

  encode({ newest, rank, n, to, key }: SearchPosition): string {
    return Buffer.from(
      JSON.stringify([this.#key, newest, rank, n, to, ...(key ? [key.createdAt, key.id] : [])]),
    ).toString('base64url');
  }

  /** Throws BAD_USER_INPUT for anything that `encode` did not make for the same search. */
  decode(cursor: string): SearchPosition {
    const [search, newest, rank, n, to, createdAt, id] = partsOf(cursor, CURSOR_CHARS_MAX);
    const hasKey = Number.isSafeInteger(createdAt) && typeof id === 'string';
    if (
      !Number.isSafeInteger(newest) ||
      !Number.isSafeInteger(n) ||
      !(rank === null || (Number.isFinite(rank) && hasKey)) ||
      !(to === null || (Number.isSafeInteger(to) && hasKey))
    )
      throw badInput(`This cursor is not valid: "${cursor.slice(0, 80)}".`, 'after');
    if (search !== this.#key)
      throw badInput('This cursor belongs to a search with another query, type or order.', 'after');
    return {
      ...{ newest: newest as number, rank: rank as number | null, n: n as number, to: to as number | null },
      key: hasKey ? { createdAt: createdAt as number, id: id as string } : null,
    };
  }
}

const CURSOR_CHARS_MAX = 200;
