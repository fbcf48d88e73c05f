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

/** A row with its cursor, which is made only if it is selected: only then do rows have the columns that it needs. */
export function edgeOf<Row extends Identified>(
  order: SortOrder,
  node: Row,
): { readonly node: Row; readonly cursor: string } {
  return {
    node,
    get cursor() {
      return cursorOf(order, node);
    },
  };
}

function pageInfoOf<Row extends Identified>({ rows, order, hasNextPage, hasPreviousPage }: Connection<Row>) {
  const cursorAt = (index: 0 | -1) => {
    const row = rows.at(index);
    return row ? cursorOf(order, row) : null;
  };
  return {
    hasNextPage,
    hasPreviousPage,
    get startCursor() {
      return cursorAt(0);
    },
    get endCursor() {
      return cursorAt(-1);
    },
  };
}

/** The resolvers of every connection type: each field is worked out only if it is selected. */
export const connectionResolvers = {
  edges: <Row extends Identified>({ rows, order }: Connection<Row>) => rows.map((row) => edgeOf(order, row)),
  nodes: <Row>(page: Connection<Row>): readonly Row[] => page.rows,
  pageInfo: pageInfoOf,
  totalCount: <Row>(page: Connection<Row>): MaybePromise<number> => page.totalCount(),
};

function cursorOf(order: SortOrder, row: Identified): string {
  const key = (row as unknown as Record<string, string | number>)[order.property] ?? 0;
  return encodeCursor(order, { key, id: row.id });
}
