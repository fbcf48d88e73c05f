// parley search reindex [--json]: makes the search index anew.

import { type OnProgress, reindex } from '../forum/search/index.ts';
import { StartError } from '../start-error.ts';
import { amount } from '../text/amount.ts';
import { usageOf } from './commands.ts';
import { readOptions, runCommand, withExistingForum } from './run-command.ts';

const USAGE = usageOf('search');
/** The minimum time between two lines. */
const PROGRESS_MS = 1_000;

await runCommand('The reindexing was stopped. Start it again to go on where it was.', async (signal) => {
  const { values, positionals } = readOptions(USAGE, { json: { type: 'boolean', default: false } });
  if (positionals.length !== 1 || positionals[0] !== 'reindex') throw new StartError(`Usage: ${USAGE}`);
  const startedMs = performance.now();
  const result = await withExistingForum((db) =>
    reindex(
      db,
      reporter(startedMs, () => signal.throwIfAborted()),
    ),
  );
  if (values.json) return JSON.stringify(result);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  return `${result.isResumed ? 'Went on, and indexed' : 'Indexed'} ${amount(result.texts, 'text')} in ${seconds} s.`;
});

/** Prints a line a second to stderr: how many texts, and how long the rest takes at this rate. */
function reporter(startedMs: number, check: () => void): OnProgress {
  let printedMs = 0;
  return (done, of, step) => {
    check();
    const now = performance.now();
    if (now - printedMs < PROGRESS_MS) return;
    printedMs = now;
    if (step !== 'indexing')
      return void process.stderr.write(`${step === 'emptying' ? 'Emptying' : 'Merging'} the index\n`);
    const leftSeconds = Math.round(((now - startedMs) / 1000 / done) * Math.max(0, of - done));
    process.stderr.write(`${done} of ${amount(of, 'text')}, about ${leftSeconds} s left\n`);
  };
}
