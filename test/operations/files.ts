import { readFileSync, statSync } from 'node:fs';
import { withSqlite } from '../../src/operations/sqlite.ts';
import type { Standing } from './other-process.ts';

/** What a database file that nobody has open holds. Only reads it. */
export function standingOf(file: string): Promise<Standing> {
  return withSqlite(file, {}, async (db) => {
    const [row] = await db.all<Omit<Standing, 'integrity'>>(
      'SELECT (SELECT count(*) FROM comment) AS comments, (SELECT sum(comment_count) FROM discussion) AS counted',
    );
    const [check] = await db.all<{ integrity_check: string }>('PRAGMA integrity_check');
    if (!row || !check) throw new Error(`${file} answers nothing.`);
    return { ...row, integrity: check.integrity_check };
  });
}

/** Changes a database file that nobody has open. */
export function change(file: string, sql: string): Promise<void> {
  return withSqlite(file, { write: true }, (db) => db.exec(sql));
}

/** Everything that could tell whether a file was touched. */
export function stateOf(file: string): { content: string; inode: number; changedMs: number } {
  const { ino, mtimeMs } = statSync(file);
  return { content: readFileSync(file, 'base64'), inode: ino, changedMs: mtimeMs };
}
