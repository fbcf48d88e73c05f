import type { SqlQuery, SqlQueryable } from '@prisma/driver-adapter-utils';

export const isControl = (sql: string) => /^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET)\b/.test(sql);

/** Prisma's driver adapter, or a transaction of one, that reports every statement except BEGIN, COMMIT and the like. */
export function reporting<T extends SqlQueryable>(queryable: T, onStatement: (sql: string) => void): T {
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
