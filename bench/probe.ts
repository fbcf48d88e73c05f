// Loaded into a server before its own code while it is not measured (`node --import`). Answers the message 'statements'
// with the number of SQL statements so far, any other with the named functions that have run since the last one.
import { Session } from 'node:inspector/promises';
import { isMainThread } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';

/** By file: where each function begins. */
export type Ran = readonly { readonly url: string; readonly starts: readonly number[] }[];

/** Transactions' own statements. */
const NOT_COUNTED = /^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)/i;

let statements = 0;
const statement = Object.getPrototypeOf(new SqliteDatabase(':memory:').prepare('SELECT 1'));
for (const name of ['run', 'get', 'all', 'iterate']) {
  const original = statement[name];
  statement[name] = function (...params: unknown[]) {
    if (!NOT_COUNTED.test(this.source)) statements++;
    return original.apply(this, params);
  };
}

if (isMainThread) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const functions = async (): Promise<Ran> => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const ran = result.map(({ url, functions }) => ({
      url,
      starts: functions.flatMap(({ functionName, ranges: [range] }) =>
        range && range.count > 0 && functionName !== '' ? [range.startOffset] : [],
      ),
    }));
    return ran.filter(({ url, starts }) => url.startsWith('file:') && starts.length > 0);
  };
  process.on('message', async (what) =>
    process.send?.(what === 'statements' ? statements : await functions()),
  );
}
