import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { requireDatabase } from '../operations/index.ts';
import { openForCommand } from '../server/instances.ts';
import { readSettings } from '../server/settings/settings.ts';
import { messageForOperator, StartError } from '../start-error.ts';
import {
  type Database,
  OutcomeUnknown,
  problemLine,
  type Unavailability,
  unavailabilityOf,
} from '../store/index.ts';
import { amount } from '../text/amount.ts';
import { isNpmScript } from './commands.ts';

/** The signals that end a command, with the exit status that shells use for each. */
const EXIT_STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Runs an operator's command. Prints the line that `work` returns unless it is empty, or with exit status 1 the message of
 * a StartError, or why the database cannot serve. A signal aborts `work`; then it prints `stopped`.
 */
export async function runCommand(
  stopped: string,
  work: (signal: AbortSignal) => Promise<string>,
): Promise<void> {
  ignoreClosedPipes();
  const stop = new AbortController();
  let status = 1;
  for (const [name, after] of Object.entries(EXIT_STATUS)) {
    process.on(name, () => {
      status = after;
      stop.abort(new StartError(stopped));
    });
  }
  try {
    const line = await work(stop.signal);
    if (line !== '') process.stdout.write(`${line}\n`);
  } catch (error) {
    const message = messageForOperator(error) ?? messageOfDatabase(error, stopped);
    if (message === null) throw error;
    process.stderr.write(`${message}\n`);
    process.exitCode = status;
  }
}

const DATABASE_FAULTS: Readonly<Record<Unavailability, string>> = {
  DATABASE_UNREACHABLE: 'The database cannot be reached',
  DATABASE_FULL: 'The disk is full',
  DATABASE_READ_ONLY: 'The database is read-only',
  DATABASE_LOCKED: 'The database is locked by other programs',
  DATABASE_OVERLOADED: 'The database accepts no more connections',
  DATABASE_MOVED: 'The database file was replaced',
};

/** What a command prints if the database stops serving while it runs. Null for any other error. */
export function messageOfDatabase(error: unknown, stopped: string): string | null {
  const reason = unavailabilityOf(error);
  if (reason === null) return null;
  const after = error instanceof OutcomeUnknown ? 'The last change may be stored or not.' : stopped;
  return `${DATABASE_FAULTS[reason]}: ${problemLine(error).replace(/\.$/, '')}. ${after}`;
}

/** A reader such as `head` may close the pipe: the work goes on, and nobody reads its lines. */
function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

const STALE = 'Running instances cannot be reached: they may serve outdated answers for up to an hour.';

/** As `withForum`, for commands that read or mend. Throws a StartError instead of creating a SQLite file. */
export async function withExistingForum<T>(work: (db: Database) => Promise<T>): Promise<T> {
  await requireDatabase(readSettings(process.env).databaseUrl);
  return withForum(work);
}

/**
 * Runs `work` with the forum's database, which it migrates, and creates if it is missing. What it writes invalidates the
 * caches of running instances.
 */
export async function withForum<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openForCommand(readSettings(process.env), () => process.stderr.write(`${STALE}\n`));
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** "1 discussion and 12 comments". */
export function amounts(counts: { readonly discussions: number; readonly comments: number }): string {
  return `${amount(counts.discussions, 'discussion')} and ${amount(counts.comments, 'comment')}`;
}

/** The FILE of a command line, or undefined. Throws a StartError that shows `usage` if there are several. */
export function oneFile(positionals: readonly string[], usage: string): string | undefined {
  const [file, ...more] = positionals;
  if (more.length > 0) throw new StartError(`Only one FILE is allowed. Usage: ${usage}`);
  return file ? fromCaller(file) : undefined;
}

/** The options and positional arguments of the command line. Throws a StartError that shows `usage`. */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: Options,
) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StartError(`${error.message.split('. ')[0]}. Usage: ${usage}`);
  }
}

/** Resolves a path in the user's folder. npm changes to the project's folder, but names the one where it was called. */
export function fromCaller(path: string): string {
  return resolve((isNpmScript() && process.env['INIT_CWD']) || '.', path);
}
