import { PrismaPg } from '@prisma/adapter-pg';
import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
} from '@prisma/driver-adapter-utils';
import type pg from 'pg';

/** The number of statement texts that are prepared, which each connection stores for its lifetime. */
const NAMED_MAX = 500;

/**
 * Prisma's driver adapter on a pool that the caller owns. Reports every statement except BEGIN, COMMIT and the like.
 */
export function postgresAdapter(
  pool: pg.Pool,
  onStatement: (sql: string) => void,
  keepsStatements: boolean,
): SqlDriverAdapterFactory {
  const nameOf = nameGenerator() as (query: SqlQuery) => string;
  const factory = new PrismaPg(pool, keepsStatements ? { statementNameGenerator: nameOf } : {});
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async (): Promise<SqlDriverAdapter> => {
      const adapter = reporting(await factory.connect(), onStatement);
      const startTransaction = adapter.startTransaction.bind(adapter);
      adapter.startTransaction = async (level) => reporting(await startTransaction(level), onStatement);
      return adapter;
    },
  };
}

function nameGenerator(): (query: SqlQuery) => string | undefined {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= NAMED_MAX || isControl(sql)) return known;
    const name = `prisma_${names.size}`;
    names.set(sql, name);
    return name;
  };
}

const isControl = (sql: string) => /^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET)\b/.test(sql);

function reporting<T extends SqlQueryable>(queryable: T, onStatement: (sql: string) => void): T {
  const report = ({ sql }: SqlQuery) => {
    if (!isControl(sql)) onStatement(sql);
  };
  const queryRaw = queryable.queryRaw.bind(queryable);
  const executeRaw = queryable.executeRaw.bind(queryable);
  queryable.queryRaw = (query) => {
    report(query);
    return queryRaw(query);
  };
  queryable.executeRaw = (query) => {
    report(query);
    return executeRaw(query);
  };
  return queryable;
}
