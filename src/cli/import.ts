// parley import FILE…: imports thread documents (docs/thread-documents.md), or exports of whole forums (docs/moving.md).

import { type FileOutcome, type ImportSummary, importFiles } from '../import/index.ts';
import { readSettings } from '../server/settings/settings.ts';
import { StartError } from '../start-error.ts';
import { newId } from '../store/index.ts';
import { amount } from '../text/amount.ts';
import { instantOfIso } from '../text/iso-instant.ts';
import { usageOf } from './commands.ts';
import { exportKindOf, importExports } from './import-exports.ts';
import { fromCaller, readOptions, runCommand, withForum } from './run-command.ts';

const USAGE = usageOf('import');

await runCommand(
  'The import was stopped. What is listed above is stored; start it again to go on.',
  async (signal) => {
    const { values, positionals } = readOptions(USAGE, {
      'as-of': { type: 'string' },
      from: { type: 'string' },
      site: { type: 'string' },
      'keep-roles': { type: 'boolean', default: false },
      report: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    if (positionals.length === 0) throw new StartError(`FILE is missing. Usage: ${USAGE}`);
    const { imageHosts, replyDepthMax } = readSettings(process.env).policy;
    const files = positionals.map(fromCaller);
    const kind = await exportKindOf(files, values.from, USAGE);
    if (kind !== null) {
      const report = values.report === undefined ? null : fromCaller(values.report);
      const options = {
        ...values,
        keepRoles: values['keep-roles'],
        site: hostOf(values.site),
        report,
        signal,
      };
      return importExports(kind, files, { ...options, imageHosts, replyDepthMax });
    }
    const asOf = parseAsOf(values['as-of']);
    const onFile = (outcome: FileOutcome, number: number, of: number) => {
      if (!values.json) process.stdout.write(`${lineOf(outcome)}\n`);
      reportOnStderr(outcome, number, of);
      signal.throwIfAborted();
    };
    const summary = await withForum((db) =>
      importFiles({ db, newId, imageHosts, replyDepthMax }, files, { asOf, onFile }),
    );
    if (summary.failed > 0) process.exitCode = 1;
    for (const file of summary.skipped ?? []) process.stderr.write(`skipped: ${file}\n`);
    return values.json ? JSON.stringify(summary) : sentenceOf(summary);
  },
);

/** The host that --site names, also by an address. It is a part of keys, so there is one way to write it. */
function hostOf(site: string | undefined): string | null {
  if (site === undefined) return null;
  const url = site.includes('//') ? site : `https://${site}`;
  const host = URL.canParse(url) ? new URL(url).host : '';
  if (!/^[a-z\d.-]+(?::\d+)?$/.test(host))
    throw new StartError(`--site must be a host such as forum.example, not "${site}".`);
  return host;
}

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
  return `${status}: ${title} (${amount(commentCount, 'comment')})`;
}

/** Prints warnings, and the progress through many files, to stderr. stdout is a plain list. */
function reportOnStderr(outcome: FileOutcome, number: number, of: number): void {
  if (outcome.status !== 'failed') {
    for (const { line, message } of outcome.warnings) {
      process.stderr.write(`${outcome.file}:${line}: ${message}\n`);
    }
  }
  if (of >= 10 && (number % 10 === 0 || number === of))
    process.stderr.write(`${number} of ${amount(of, 'file')}\n`);
}

function sentenceOf({ created, updated, unchanged, failed }: ImportSummary): string {
  return `${created} created, ${updated} updated, ${unchanged} unchanged, ${failed} failed.`;
}
