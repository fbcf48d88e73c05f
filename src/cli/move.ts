// parley move SQLITE_FILE POSTGRES_URL: copies a forum from SQLite into an empty PostgreSQL database.

import { useSearchLanguages } from '../forum/search/index.ts';
import { move } from '../operations/index.ts';
import { readSettings } from '../server/settings/settings.ts';
import { StartError } from '../start-error.ts';
import { amount } from '../text/amount.ts';
import { usageOf } from './commands.ts';
import { amounts, fromCaller, readOptions, runCommand } from './run-command.ts';

const USAGE = usageOf('move');
/** The minimum time between two lines about one table. */
const PROGRESS_MS = 1_000;

await runCommand('The move was stopped: the PostgreSQL database is still empty.', async (signal) => {
  const startedMs = performance.now();
  const { positionals } = readOptions(USAGE, {});
  const [file, url, ...more] = positionals;
  if (!file || !url || more.length > 0) throw new StartError(`Usage: ${USAGE}`);
  useSearchLanguages(readSettings(process.env).searchLanguages);
  const moved = await move({
    file: fromCaller(file.replace(/^file:/, '')),
    url,
    signal,
    onProgress: reporter(),
  });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  return `Moved ${amounts(moved)}: ${amount(moved.rows, 'row')} of ${amount(moved.tables, 'table')}, each compared, in ${seconds} s.`;
});

/** Prints the progress to stderr: a line a second, and one for each finished table. */
function reporter(): (table: string, rows: number, of: number) => void {
  let printedMs = 0;
  return (table, rows, of) => {
    const now = performance.now();
    if (rows < of && now - printedMs < PROGRESS_MS) return;
    printedMs = now;
    process.stderr.write(`${table}: ${rows} of ${amount(of, 'row')}\n`);
  };
}
