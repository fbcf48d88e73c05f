import { type CpuProfile, type ProfileNode, type Spent, spentByNodes } from './cpu-profile.ts';
import { isJsonLine, isSqliteCall, type Kind, kindOf } from './kinds.ts';

/** Where a function begins in what runs. Counts from 0. */
export interface Place {
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** The files behind the code that runs. */
export interface Sources {
  /** The file that a function was written in, from the package's root. */
  fileOf(place: Place): string;
  /** A line of what runs, counted from 1; empty where it is not known. */
  textOf(url: string, line: number): string;
}

/** What one function spent itself on one kind of work: of one that calls SQLite, the lines that do so stand apart. */
export interface FunctionTime {
  readonly name: string;
  readonly file: string;
  readonly kind: Kind;
  microseconds: number;
}

/** What V8 does by itself, by the names that its profiler has for it. Null: nothing that a page costs. */
const BY_V8: Readonly<Record<string, Kind | null>> = {
  '(garbage collector)': 'collection',
  '(program)': 'outside',
  '(idle)': null,
  '(root)': null,
};

/** The functions of a profile with what they spent themselves, those without a file under the one that called them. */
export function functionTimes(profile: CpuProfile, sources: Sources): FunctionTime[] {
  const spent = spentByNodes(profile);
  const sqliteLines = linesThatCallSqlite(spent);
  const times = new Map<string, FunctionTime>();
  const add = (name: string, file: string, kind: Kind, microseconds: number) => {
    const key = `${kind} ${file} ${name}`;
    const time = times.get(key) ?? { name, file, kind, microseconds: 0 };
    time.microseconds += microseconds;
    times.set(key, time);
  };
  for (const one of spent) {
    const { functionName } = one.node.callFrame;
    const byV8 = BY_V8[functionName];
    if (byV8) add(functionName, '', byV8, one.microseconds);
    // the profiler's own beginning and end
    if (byV8 !== undefined || isProfiler(one)) continue;
    const { url } = ownerOf(one).callFrame;
    const file = sources.fileOf(ownerOf(one).callFrame);
    const name = functionName || '(anonymous)';
    if (isSqlite(one)) {
      add(name, 'better-sqlite3', 'sqlite', one.microseconds);
      continue;
    }
    const kind = kindOf(file);
    for (const { line, microseconds } of byLine(one)) {
      if (sqliteLines.has(`${url}:${line}`)) add(name, file, 'sqlite', microseconds);
      // Prisma talks JSON to itself: a part of what it costs
      else if (kind !== 'prisma' && isJsonLine(sources.textOf(url, line)))
        add(name, file, 'json', microseconds);
      else add(name, file, kind, microseconds);
    }
  }
  return [...times.values()];
}

/** The node itself, or the nearest caller that has a file: of code without one it is not known where it belongs. */
function ownerOf({ node, callers }: Spent): ProfileNode {
  return [node, ...callers].find(({ callFrame }) => callFrame.url !== '') ?? node;
}

function isSqlite({ node, callers }: Spent): boolean {
  const { functionName, url, lineNumber } = node.callFrame;
  return url === '' && lineNumber < 0 && isSqliteCall(functionName, callers[0]?.callFrame.url ?? '');
}

function isProfiler({ node, callers }: Spent): boolean {
  return [node, ...callers].some(({ callFrame }) => callFrame.url === 'node:inspector');
}

/**
 * Where SQLite is called. While better-sqlite3 has V8 make a row, V8 forgets that it is in a native function: samples
 * then meet the caller, on the line of the call. (A native function's own line is that of its call.)
 */
function linesThatCallSqlite(spent: readonly Spent[]): Set<string> {
  return new Set(
    spent
      .filter(isSqlite)
      .flatMap(({ node, callers }) =>
        (node.positionTicks ?? []).map(({ line }) => `${callers[0]?.callFrame.url}:${line}`),
      ),
  );
}

/** Its time by the lines that samples have met; line 0 where V8 does not say, and for code without a file. */
function byLine({ node, microseconds }: Spent): { readonly line: number; readonly microseconds: number }[] {
  const ticks = node.callFrame.url === '' ? [] : (node.positionTicks ?? []);
  const all = ticks.reduce((sum, one) => sum + one.ticks, 0);
  if (all === 0) return [{ line: 0, microseconds }];
  return ticks.map((one) => ({ line: one.line, microseconds: (microseconds * one.ticks) / all }));
}
