import type { SqlDriverAdapterFactory, SqlQuery, Transaction } from '@prisma/driver-adapter-utils';

/** Prisma's driver adapter with each statement of its transactions reported, except SAVEPOINT, COMMIT and the like. */
export function reportingAdapter(
  factory: SqlDriverAdapterFactory,
  onStatement: (sql: string) => void,
): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      const startTransaction = adapter.startTransaction.bind(adapter);
      adapter.startTransaction = async (level) => reporting(await startTransaction(level), onStatement);
      return adapter;
    },
  };
}

function reporting(transaction: Transaction, onStatement: (sql: string) => void): Transaction {
  const report = ({ sql }: SqlQuery) => {
    if (!/^(COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/.test(sql)) onStatement(sql);
  };
  const queryRaw = transaction.queryRaw.bind(transaction);
  const executeRaw = transaction.executeRaw.bind(transaction);
  transaction.queryRaw = (query) => {
    report(query);
    return queryRaw(query);
  };
  transaction.executeRaw = (query) => {
    report(query);
    return executeRaw(query);
  };
  return transaction;
}
