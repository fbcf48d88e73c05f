import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery } from '@prisma/driver-adapter-utils';
import { openWriter } from './connection.ts';
import { Writer } from './writer.ts';

/**
 * Prisma's driver adapter for SQLite, made safe. The stock one runs every request on one connection: a statement
 * outside a transaction runs inside whichever transaction is open, reads its uncommitted rows, and is undone with it.
 * Here every statement has its turn in a transaction of its own or of its caller.
 */
export function sqliteAdapter(file: string, onStatement: (sql: string) => void): SqlDriverAdapterFactory {
  return {
    provider: 'sqlite',
    adapterName: '@prisma/adapter-better-sqlite3',
    connect: async (): Promise<SqlDriverAdapter> => {
      const connection = await openWriter(file);
      const { adapter } = connection;
      const writer = new Writer({ ...connection, adapter: listened(adapter, onStatement) });
      return {
        provider: adapter.provider,
        adapterName: adapter.adapterName,
        queryRaw: (query) => writer.run((own) => own.queryRaw(query)),
        executeRaw: (query) => writer.run((own) => own.executeRaw(query)),
        executeScript: (script) => writer.run((own) => own.executeScript(script)),
        startTransaction: () => writer.begin(),
        dispose: async () => {
          await writer.idle();
          await adapter.dispose();
        },
      };
    },
  };
}

function listened(adapter: SqlDriverAdapter, onStatement: (sql: string) => void): SqlDriverAdapter {
  const told =
    <T>(run: (query: SqlQuery) => Promise<T>) =>
    (query: SqlQuery): Promise<T> => {
      onStatement(query.sql);
      return run(query);
    };
  return Object.assign(Object.create(adapter) as SqlDriverAdapter, {
    queryRaw: told((query) => adapter.queryRaw(query)),
    executeRaw: told((query) => adapter.executeRaw(query)),
    executeScript: (script: string) => adapter.executeScript(script),
  });
}
