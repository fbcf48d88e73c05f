// parley export [FILE] [--as ROLE]: writes everything that a role may see as JSON Lines (docs/moving.md).

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { readSettings } from '../server/settings/settings.ts';
import { StartError } from '../start-error.ts';
import { openSnapshot, problemLine, unavailabilityOf } from '../store/index.ts';
import { amount } from '../text/amount.ts';
import {
  countExported,
  EXPORT_ROLES,
  type ExportRole,
  exportForum,
  type ForumRecord,
  writeRecords,
} from '../transfer/index.ts';
import { usageOf } from './commands.ts';
import { Progress } from './progress.ts';
import { oneFile, readOptions, runCommand, withExistingForum } from './run-command.ts';

const USAGE = usageOf('export');
/** The records of rows by which progress is told. */
const COUNTED = new Set<ForumRecord['type']>(['author', 'discussion', 'comment']);

await runCommand('The export was stopped.', async (signal) => {
  const { values, positionals } = readOptions(USAGE, { as: { type: 'string', default: 'admin' } });
  const file = oneFile(positionals, USAGE);
  const role = roleNamed(values.as);
  // migrates
  await withExistingForum(async () => {});
  const { databaseUrl, pages } = readSettings(process.env);
  const snapshot = await openSnapshot(databaseUrl);
  const progress = new Progress();
  try {
    const total = await countExported(snapshot);
    let done = 0;
    const count = await write(file, (to) =>
      writeRecords(exportForum(snapshot, role, pages), to, (record) => {
        signal.throwIfAborted();
        if (COUNTED.has(record.type)) done++;
        progress.show({ done, total }, `${done} authors, discussions and comments`);
      }),
    );
    progress.clear();
    if (count === null) return '';
    const line = `Exported ${amount(count, 'record')} as ${role} in ${progress.seconds.toFixed(1)} s.`;
    if (file !== undefined) return line;
    process.stderr.write(`${line}\n`); // the export itself is on stdout
    return '';
  } catch (error) {
    progress.clear();
    if (unavailabilityOf(error) === null) throw error;
    throw new StartError(`The database was not read to its end: ${problemLine(error)}.`);
  } finally {
    await snapshot.close();
  }
});

function roleNamed(name: string): ExportRole {
  const role = EXPORT_ROLES.find((one) => one === name.toLowerCase());
  if (!role) throw new StartError(`--as must be one of ${EXPORT_ROLES.join(', ')}. Usage: ${USAGE}`);
  return role;
}

/** Writes to stdout, or to a file that has its name only when it is whole. */
async function write(
  file: string | undefined,
  records: (to: Writable) => Promise<number | null>,
): Promise<number | null> {
  if (file === undefined) return records(process.stdout);
  const part = `${file}.part`;
  if (await isFolder(file)) throw new StartError(`${file} is a folder.`);
  const stream = createWriteStream(part, { mode: 0o600 });
  // the writer gets it too
  stream.on('error', () => {});
  const unwritable = (error: Error) => {
    throw new StartError(`${file} cannot be written: ${error.message}.`);
  };
  try {
    await once(stream, 'open').catch(unwritable);
    const count = await records(stream);
    stream.end();
    await once(stream, 'close').catch(unwritable);
    await rename(part, file).catch(unwritable);
    return count;
  } catch (error) {
    stream.destroy();
    await rm(part, { force: true });
    // other errors are those of the database
    if (error instanceof Error && error === stream.errored) unwritable(error);
    throw error;
  }
}

async function isFolder(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isDirectory() ?? false;
}
