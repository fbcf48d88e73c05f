import { chain } from '../../src/graphql/execution/index.ts';
import type { Database, Reader } from '../../src/store/index.ts';

/**
 * A database whose rows throw where a column is read that their statement left out because nobody asked for it: such
 * a read would otherwise find `undefined`, and a rule would go by it.
 */
export function guarded(db: Database): Database {
  return {
    ...db,
    read: { ...db.read, all: guardedRows(db.read.all) },
    forActor: (actor) => chain(db.forActor(actor), guarded),
    transaction: (work) => db.transaction((tx) => work({ ...tx, all: guardedRows(tx.all) })),
  };
}

function guardedRows(all: Reader['all']): Reader['all'] {
  return (statement, params) =>
    chain(all(statement, params), (rows) => {
      for (const property of statement.leftOut ?? [])
        for (const row of rows) forbid(row as object, property, statement.name);
      return rows;
    });
}

function forbid(row: object, property: string, statement: string): void {
  Object.defineProperty(row, property, {
    get: () => {
      throw new Error(`${property} is read, and the statement "${statement}" has left it out.`);
    },
  });
}
