import { StartError } from '../start-error.ts';
import { fromCaller } from './options.ts';

/** The signals that end a command early, with the status that shells give for each. */
const STATUS_AFTER = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Runs an operator's command: prints the line that `work` gives, or the sentence of a StartError with exit status 1.
 * At a signal `work` is told to stop, and `stopped` is printed once it has.
 */
export async function runCommand(
  stopped: string,
  work: (signal: AbortSignal) => Promise<string>,
): Promise<void> {
  const stop = new AbortController();
  let status = 1;
  for (const [name, after] of Object.entries(STATUS_AFTER)) {
    process.on(name, () => {
      status = after;
      stop.abort(new StartError(stopped));
    });
  }
  try {
    process.stdout.write(`${await work(stop.signal)}\n`);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = status;
  }
}

/** "1 discussion and 12 comments". */
export function amounts(counts: { readonly discussions: number; readonly comments: number }): string {
  const amount = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
  return `${amount(counts.discussions, 'discussion')} and ${amount(counts.comments, 'comment')}`;
}

/** The FILE of a command line, undefined if there is none. Throws a StartError that shows `usage` for more than one. */
export function oneFile(positionals: readonly string[], usage: string): string | undefined {
  const [file, ...more] = positionals;
  if (more.length > 0) throw new StartError(`One FILE at a time. Usage: ${usage}`);
  return file ? fromCaller(file) : undefined;
}
