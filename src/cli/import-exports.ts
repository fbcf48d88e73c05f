// The part of `parley import` for exports of whole forums.
import { setFlagsFromString } from 'node:v8';
import { StartError } from '../start-error.ts';
import { newId } from '../store/index.ts';
import { amount } from '../text/amount.ts';
import {
  hasOwnPeople,
  importRecords,
  Report,
  type ReportSummary,
  SOURCES,
  SourceError,
  type SourceKind,
} from '../transfer/index.ts';
import { Progress } from './progress.ts';
import { reportFile } from './report-file.ts';
import { withForum } from './run-command.ts';
import { SourcesInTurn } from './sources-in-turn.ts';

interface ImportExportsOptions {
  readonly site: string | null;
  readonly keepRoles: boolean;
  /** The file for a line about each thing that is left out or changed. */
  readonly report: string | null;
  readonly json: boolean;
  readonly imageHosts: readonly string[];
  readonly replyDepthMax: number;
  readonly signal: AbortSignal;
}

/**
 * By how much V8's heap may grow, in percent of what is in use, before garbage is collected. Without it, the heap of an
 * import grew by about 70 MB more, of texts of batches that were stored already.
 */
const HEAP_GROWTH = '--heap-growing-percent=40';
/** Between two looks at how far a source has been read. */
const SHOW_MS = 500;

/** The kind of export that the files are: as `--from` says, or as they are recognised. Null: thread documents. */
export async function exportKindOf(
  files: readonly string[],
  from: string | undefined,
  usage: string,
): Promise<SourceKind | null> {
  if (from !== undefined) {
    const kind = Object.hasOwn(SOURCES, from) ? SOURCES[from] : undefined;
    if (kind) return kind;
    const kinds = Object.entries(SOURCES).map(([name, { description }]) => `  ${name}: ${description}`);
    throw new StartError(`--from must be one of:\n${kinds.join('\n')}\nUsage: ${usage}`);
  }
  const kinds = await Promise.all(files.map(recognised));
  const [first = null] = kinds;
  if (kinds.some((kind) => kind !== first))
    throw new StartError('These files are of different kinds: import each kind with a command of its own.');
  return first;
}

async function recognised(file: string): Promise<SourceKind | null> {
  for (const kind of Object.values(SOURCES)) if (await kind.recognises?.(file)) return kind;
  return null;
}

/** Imports the files one after the other. Returns what to print. */
export async function importExports(
  kind: SourceKind,
  files: readonly string[],
  options: ImportExportsOptions,
): Promise<string> {
  setFlagsFromString(HEAP_GROWTH);
  const lines = options.report === null ? null : reportFile(options.report);
  const report = new Report(lines?.add);
  const progress = new Progress();
  const print = () => printed(report, options, progress.seconds);
  try {
    await withForum(async (db) => {
      const sources = await SourcesInTurn.open(kind, files, options.site);
      const show = () => {
        const { created, updated, unchanged } = report;
        progress.show(sources.progress(), amount(created + updated + unchanged, 'record'));
      };
      // files are read for a while before the first record
      const timer = setInterval(show, SHOW_MS);
      try {
        const { imageHosts, replyDepthMax } = options;
        // once for all files: people who sign up meanwhile change nothing
        const keepRoles = options.keepRoles || !(await hasOwnPeople(db));
        const onProgress = () => {
          options.signal.throwIfAborted();
          show();
        };
        for await (const source of sources)
          await importRecords({ db, newId, imageHosts, replyDepthMax }, source, {
            ...{ report, keepRoles, onProgress },
          });
      } finally {
        clearInterval(timer);
      }
    });
  } catch (error) {
    progress.clear();
    // what was imported stays, so it is named beside the fault
    if (error instanceof SourceError || error instanceof StartError) process.stdout.write(`${print()}\n`);
    if (error instanceof SourceError)
      throw new StartError(
        `${error.message}${report.created + report.updated > 0 ? '\nNothing after it was imported; what stands before it is stored.' : ''}`,
      );
    throw error;
  } finally {
    progress.clear();
    await lines?.end();
  }
  return print();
}

function printed(
  report: Report,
  { json, report: file }: Pick<ImportExportsOptions, 'json' | 'report'>,
  seconds: number,
): string {
  const summary = report.summary();
  if (json) return JSON.stringify(summary);
  const where = report.omitted === 0 ? [] : [`Each of them, with its place: ${file ?? '--report FILE'}`];
  return [...recordLines(summary), ...omittedLines(summary), ...where, sentenceOf(report, seconds)].join(
    '\n',
  );
}

function recordLines({ records }: ReportSummary): string[] {
  return Object.entries(records).map(
    ([type, { created, updated, unchanged }]) =>
      `${type}: ${created} created, ${updated} updated, ${unchanged} unchanged`,
  );
}

function omittedLines({ omitted }: ReportSummary): string[] {
  return Object.entries(omitted).map(([what, { count, first }]) => {
    const [example] = first;
    const detail = example?.detail === undefined ? '' : `: ${example.detail}`;
    return `left out or changed, ${what}: ${count}${example ? `, first at ${example.at}${detail}` : ''}`;
  });
}

function sentenceOf({ created, updated, unchanged, omitted }: Report, seconds: number): string {
  const rate = Math.round((created + updated + unchanged) / Math.max(seconds, 0.001));
  return `${created} created, ${updated} updated, ${unchanged} unchanged, ${amount(omitted, 'remark')}, in ${seconds.toFixed(1)} s (${amount(rate, 'record')} a second).`;
}
