import type { MaybePromise } from '../execution/index.ts';
import { encodeCursor, type SortOrder } from './cursor.ts';

/** One page of a connection as resolvers pass it on. */
export interface Connection<Row> {
  readonly rows: readonly Row[];
  readonly order: SortOrder;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Counted only if it is selected. */
  totalCount(): MaybePromise<number>;
}

/** A row with an id: what a keyset cursor is made of, beside the sort key. */
type Identified = { readonly id: string };

/** A row and its cursor, which is made only if it is selected: only then do rows have the columns that it needs. */
class Edge<Row extends Identified> {
  readonly node: Row;
  readonly #order: SortOrder;
  #cursor: string | null = null;

  constructor(order: SortOrder, node: Row) {
    this.node = node;
    this.#order = order;
  }

  get cursor(): string {
    this.#cursor ??= cursorOf(this.#order, this.node);
    return this.#cursor;
  }
}

/** A row with its cursor: what the payload of a mutation holds that adds to a connection. */
export function edgeOf<Row extends Identified>(
  order: SortOrder,
  row: Row,
): { readonly node: Row; readonly cursor: string } {
  return new Edge(order, row);
}

class PageInfo<Row extends Identified> {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #page: Connection<Row>;

  constructor(page: Connection<Row>) {
    this.hasNextPage = page.hasNextPage;
    this.hasPreviousPage = page.hasPreviousPage;
    this.#page = page;
  }

  get startCursor(): string | null {
    return this.#cursorAt(0);
  }

  get endCursor(): string | null {
    return this.#cursorAt(-1);
  }

  #cursorAt(index: 0 | -1): string | null {
    const row = this.#page.rows.at(index);
    return row ? cursorOf(this.#page.order, row) : null;
  }
}

/** The resolvers of every connection type: each field is worked out only if it is selected. */
export const connectionResolvers = {
  edges: <Row extends Identified>(page: Connection<Row>) => page.rows.map((row) => new Edge(page.order, row)),
  nodes: <Row>(page: Connection<Row>): readonly Row[] => page.rows,
  pageInfo: <Row extends Identified>(page: Connection<Row>) => new PageInfo(page),
  totalCount: <Row>(page: Connection<Row>): MaybePromise<number> => page.totalCount(),
};

function cursorOf(order: SortOrder, row: Identified): string {
  const key = (row as unknown as Record<string, string | number>)[order.property] ?? 0;
  return encodeCursor(order, { key, id: row.id });
}
