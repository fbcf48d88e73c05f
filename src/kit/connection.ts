import { encodeCursor } from './cursor.ts';
import type { MaybePromise } from './db/index.ts';
import type { SortOrder } from './sort-order.ts';

/** One page of a connection as resolvers pass it on. */
export interface Connection<Row> {
  readonly rows: readonly Row[];
  readonly order: SortOrder;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Counted only where it is asked for. */
  totalCount(): MaybePromise<number>;
}

/** An item and its cursor. */
export interface Edge<Row> {
  readonly cursor: string;
  readonly node: Row;
}

/** A row with an id: what a keyset cursor is made of, beside the sort key. */
type Identified = { readonly id: string };

/** The resolvers of every connection type: each field is worked out only where it is asked for. */
export const connectionResolvers = {
  edges: <Row extends Identified>(page: Connection<Row>): Edge<Row>[] =>
    page.rows.map((node) => ({ cursor: cursorOf(page.order, node), node })),
  nodes: <Row>(page: Connection<Row>): readonly Row[] => page.rows,
  pageInfo: <Row extends Identified>(page: Connection<Row>) => {
    const first = page.rows.at(0);
    const last = page.rows.at(-1);
    return {
      startCursor: first ? cursorOf(page.order, first) : null,
      endCursor: last ? cursorOf(page.order, last) : null,
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
    };
  },
  totalCount: <Row>(page: Connection<Row>): MaybePromise<number> => page.totalCount(),
};

function cursorOf(order: SortOrder, row: Identified): string {
  const key = (row as unknown as Record<string, string | number>)[order.property] ?? 0;
  return encodeCursor(order, { key, id: row.id });
}
