import {
  DriverAdapterError,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import { openReader } from './connection.ts';
import { driverError } from './driver-error.ts';
import type { Member } from './group-commit.ts';
import { Session } from './session.ts';
import type { SqliteWriter } from './writer.ts';

/** Prisma's own names for the adapter, which it branches on. */
const WHO = { provider: 'sqlite', adapterName: '@prisma/adapter-better-sqlite3' } as const;

/**
 * Prisma's driver adapter for a SQLite file, made safe. The stock adapter uses one connection for everything: a
 * statement outside a transaction runs inside whichever transaction is open, reads its uncommitted rows, and is rolled
 * back with it after its caller was told that it succeeded. Here one connection writes, for one transaction at a time,
 * and another one reads committed rows.
 */
export function sqliteAdapter(
  file: string,
  shared: Pick<SqliteWriter, 'connection' | 'queue'>,
  onStatement: (sql: string) => void,
): SqlDriverAdapterFactory {
  return { ...WHO, connect: async () => connect(file, shared, onStatement) };
}

function connect(
  file: string,
  { connection, queue }: Pick<SqliteWriter, 'connection' | 'queue'>,
  onStatement: (sql: string) => void,
): SqlDriverAdapter {
  const writer = new Session(connection, onStatement);
  const reader = new Session(openReader(file, false), onStatement);

  const enter = async () => {
    try {
      return await queue.enter();
    } catch (error) {
      throw driverError(error);
    }
  };

  /** Runs a writing statement outside a transaction in a transaction of its own. */
  async function alone<T>(statement: () => T): Promise<T> {
    const member = await enter();
    try {
      const result = member.run(statement);
      await member.commit();
      return result;
    } catch (error) {
      await member.rollback().catch(asDriverError);
      throw driverError(error);
    }
  }

  return {
    ...WHO,
    queryRaw: async (query) =>
      reader.isRead(query.sql) ? reader.query(query) : alone(() => writer.query(query)),
    executeRaw: (query) => alone(() => writer.execute(query)),
    executeScript: (sql) => alone(() => writer.script(sql)),
    startTransaction: async (level?: IsolationLevel) => {
      if (level && level !== 'SERIALIZABLE') {
        throw new DriverAdapterError({ kind: 'InvalidIsolationLevel', level });
      }
      return transaction(writer, await enter());
    },
    dispose: async () => {
      reader.connection.close(); // the writer is shared and stays open
    },
  };
}

function transaction(writer: Session, member: Member): Transaction {
  const run = async <T>(statement: () => T): Promise<T> => member.run(statement);
  return {
    ...WHO,
    // the group issues COMMIT and ROLLBACK, not the engine
    options: { usePhantomQuery: true },
    queryRaw: (query) => run(() => writer.query(query)),
    executeRaw: (query) => run(() => writer.execute(query)),
    createSavepoint: (name) => run(() => writer.savepoint(`SAVEPOINT ${name}`)),
    rollbackToSavepoint: (name) => run(() => writer.savepoint(`ROLLBACK TO ${name}`)),
    releaseSavepoint: (name) => run(() => writer.savepoint(`RELEASE ${name}`)),
    commit: () => member.commit().catch(asDriverError),
    rollback: () => member.rollback().catch(asDriverError),
  };
}

function asDriverError(error: unknown): never {
  throw driverError(error);
}
