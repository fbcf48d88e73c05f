import type { IncomingRequest } from '../../api/operation-request.ts';
import { isPromise } from '../../graphql/execution/index.ts';
import type { Database, MaybePromise, Reader, Statement, Transaction } from '../../store/index.ts';
import type { Tracing } from './tracing.ts';

/**
 * The same database for one request, with its statements counted. With `tracing`, each statement and each transaction
 * has a span.
 */
export function observedDatabase(db: Database, request: IncomingRequest, tracing: Tracing | null): Database {
  const observe = <T>(name: string, work: () => MaybePromise<T>): MaybePromise<T> => {
    request.statements++;
    return tracing ? spanned(tracing, request, name, work) : work();
  };
  const { read } = db;
  const reads: Reader = {
    ...read,
    all: <Row>(statement: Statement<Row>, params: Parameters<Reader['all']>[1]) =>
      observe(statement.name, () => read.all(statement, params)),
  };
  const observed = (tx: Transaction): Transaction => ({
    engine: tx.engine,
    all: (statement, params) => observe(statement.name, () => tx.all(statement, params)),
    run: (change, params) => observe(change.name, () => tx.run(change, params)),
  });
  return {
    ...db,
    read: reads,
    transaction: async (work, ...options) => {
      const transact = () => db.transaction((tx) => work(observed(tx)), ...options);
      // from the wait for its turn to the commit
      return tracing ? spanned(tracing, request, 'transaction', transact) : transact();
    },
  };
}

function spanned<T>(
  tracing: Tracing,
  request: IncomingRequest,
  name: string,
  work: () => MaybePromise<T>,
): MaybePromise<T> {
  const span = tracing.startSpan(request, name);
  const end = () => span.end();
  try {
    const result = work();
    if (isPromise(result)) (result as Promise<T>).then(end, end);
    else end();
    return result;
  } catch (error) {
    end();
    throw error;
  }
}
