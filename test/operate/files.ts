import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { withSqlite } from '../../src/operate/sqlite.ts';
import type { Standing } from './other-process.ts';

const ROOT = join(import.meta.dirname, '../..');

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

/** Runs the operator's command as npm does, but for the generation of code. */
export async function command(name: 'backup' | 'restore' | 'move', databaseUrl: string, ...args: string[]) {
  const { INIT_CWD: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, `src/commands/${name}.ts`), ...args], {
    cwd: ROOT,
    env: { ...env, DATABASE_URL: databaseUrl },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [status] = await once(child, 'close');
  return { status, output, errors };
}
