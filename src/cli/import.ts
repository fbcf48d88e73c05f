// parley import FILE… [--as-of DATE] [--json]: imports thread documents (docs/thread-documents.md).

import { type FileOutcome, type ImportSummary, importFiles } from '../import/index.ts';
import { readSettings } from '../server/settings/settings.ts';
import { StartError } from '../start-error.ts';
import { newId } from '../store/index.ts';
import { instantOfIso } from '../text/iso-instant.ts';
import { usageOf } from './commands.ts';
import { fromCaller, readOptions, runCommand, withForum } from './run-command.ts';

const USAGE = usageOf('import');

await runCommand('The import was stopped. The documents listed above are stored.', async (signal) => {
  const { values, positionals } = readOptions(USAGE, {
    'as-of': { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  if (positionals.length === 0) throw new StartError(`FILE is missing. Usage: ${USAGE}`);
  const asOf = parseAsOf(values['as-of']);
  const onFile = (outcome: FileOutcome, number: number, of: number) => {
    if (!values.json) process.stdout.write(`${lineOf(outcome)}\n`);
    reportOnStderr(outcome, number, of);
    signal.throwIfAborted();
  };
  const { imageHosts } = readSettings(process.env).policy;
  const files = positionals.map(fromCaller);
  const summary = await withForum((db) => importFiles({ db, newId, imageHosts }, files, { asOf, onFile }));
  if (summary.failed > 0) process.exitCode = 1;
  for (const file of summary.skipped ?? []) process.stderr.write(`skipped: ${file}\n`);
  return values.json ? JSON.stringify(summary) : sentenceOf(summary);
});

function parseAsOf(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const asOf = instantOfIso(text);
  if (!asOf)
    throw new StartError(`--as-of must be a date such as 2026-03-01 or 2026-03-01T09:30:00Z, not "${text}".`);
  return asOf;
}

function lineOf(outcome: FileOutcome): string {
  if (outcome.status === 'failed') return `failed: ${outcome.error}`;
  const { status, title, commentCount } = outcome;
  return `${status}: ${title} (${commentCount} comment${commentCount === 1 ? '' : 's'})`;
}

/** Prints warnings, and the progress through many files, to stderr. stdout is a plain list. */
function reportOnStderr(outcome: FileOutcome, number: number, of: number): void {
  if (outcome.status !== 'failed') {
    for (const { line, message } of outcome.warnings) {
      process.stderr.write(`${outcome.file}:${line}: ${message}\n`);
    }
  }
  if (of >= 10 && (number % 10 === 0 || number === of)) process.stderr.write(`${number} of ${of} files\n`);
}

function sentenceOf({ created, updated, unchanged, failed }: ImportSummary): string {
  return `${created} created, ${updated} updated, ${unchanged} unchanged, ${failed} failed.`;
}
