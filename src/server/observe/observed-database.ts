import type { IncomingRequest } from '../../api/operation-request.ts';
import { isPromise } from '../../graphql/execution/index.ts';
import type { MaybePromise, Reader, RequestDatabase, Transaction } from '../../store/index.ts';
import type { Tracing } from './tracing.ts';

/** The same database for one request, with its statements counted. */
export function countedDatabase(
  { engine, read, transaction }: RequestDatabase,
  request: Pick<IncomingRequest, 'statements'>,
): RequestDatabase {
  const counted = <T extends Reader | Transaction>({ all }: T): T['all'] => {
    return (statement, params) => {
      request.statements++;
      return all(statement, params);
    };
  };
  return {
    engine,
    read: { all: counted(read), together: read.together },
    transaction: (work, options) =>
      transaction((tx) => {
        const run: Transaction['run'] = (change, params) => {
          request.statements++;
          return tx.run(change, params);
        };
        return work({ engine: tx.engine, all: counted(tx), run });
      }, options),
  };
}

/** The same database for one request, with a span for each of its statements and transactions. */
export function tracedDatabase(
  { engine, read, transaction }: RequestDatabase,
  request: IncomingRequest,
  tracing: Tracing,
): RequestDatabase {
  const spanned = <T>(name: string, work: () => MaybePromise<T>) => inSpan(tracing, request, name, work);
  const traced = (tx: Transaction): Transaction => ({
    engine: tx.engine,
    all: (statement, params) => spanned(statement.name, () => tx.all(statement, params)),
    run: (change, params) => spanned(change.name, () => tx.run(change, params)),
  });
  return {
    engine,
    read: {
      all: (statement, params) => spanned(statement.name, () => read.all(statement, params)),
      together: read.together,
    },
    // from the wait for its turn to the commit
    transaction: async (work, options) =>
      spanned('transaction', () => transaction((tx) => work(traced(tx)), options)),
  };
}

function inSpan<T>(
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
