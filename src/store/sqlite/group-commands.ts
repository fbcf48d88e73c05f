import type { LateStatements } from './late-statements.ts';

/** The connection of the shared transaction. */
export interface Connection {
  prepare(sql: string): { run(): unknown };
  readonly inTransaction: boolean;
}

export type Commands = ReturnType<typeof commandsOf>;

/** The commands of a group and of its members, prepared: compiling one takes longer than running it. */
export function commandsOf(connection: Connection, late?: Pick<LateStatements, 'run' | 'forget'>) {
  const command = (sql: string) => {
    const prepared = connection.prepare(sql);
    return () => void prepared.run();
  };
  const begin = command('BEGIN IMMEDIATE'); // gets the lock now: a later BUSY would interrupt a member
  const commit = command('COMMIT');
  const release = command('RELEASE member');
  const rollbackTo = command('ROLLBACK TO member');
  return {
    begin: () => {
      late?.forget();
      begin();
    },
    save: command('SAVEPOINT member'),
    release,
    undo: () => {
      rollbackTo();
      release();
    },
    commit: () => {
      late?.run();
      commit();
    },
    rollback: command('ROLLBACK'),
  };
}
