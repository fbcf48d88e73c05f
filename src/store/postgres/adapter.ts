import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery } from '@prisma/driver-adapter-utils';
import type pg from 'pg';
import { isControl, reporting } from '../prisma-adapter.ts';

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
