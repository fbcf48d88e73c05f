import { PARLEY } from '../contenders.ts';
import { table } from '../report.ts';
import type { FunctionTime } from './grouped.ts';
import { KINDS, type Kind } from './kinds.ts';
import type { Profiled } from './measure.ts';

const FUNCTIONS = 10;
const NOT_FUNCTIONS: ReadonlySet<Kind> = new Set(['collection', 'outside']);

/** What one page costs by kind, and the functions of this server that cost most, as Markdown tables. */
export function profileTables(programs: readonly Profiled[]): string[] {
  const parley = programs.find(({ name }) => name === PARLEY.name);
  return parley ? [kindsTable(programs), functionsTable(parley)] : [kindsTable(programs)];
}

function kindsTable(programs: readonly Profiled[]): string {
  const columns = programs.map(columnOf);
  const row = (title: string, figure: (column: Column) => number) => [
    title,
    ...columns.map((column) => cell(figure(column), column)),
  ];
  const rows = [
    ...Object.entries(KINDS).map(([kind, title]) => row(title, ({ ofKind }) => ofKind(kind as Kind))),
    row("other threads: V8's compiler, part of its collection", ({ others }) => others),
    ['all', ...columns.map(({ all }) => all.toFixed(0))],
  ];
  return [
    '### µs of processor time for one thread page',
    '',
    ...table(['', ...programs.map(({ name }) => name)], rows),
  ].join('\n');
}

function functionsTable(parley: Profiled): string {
  const column = columnOf(parley);
  const most = joined(parley.functions.filter(({ kind }) => !NOT_FUNCTIONS.has(kind))).slice(0, FUNCTIONS);
  const rows = most.map(({ name, file, kind, microseconds }) => [
    `\`${name}\``,
    `\`${file}\``,
    KINDS[kind].split(':')[0] ?? '',
    cell(microseconds * column.scale, column),
  ]);
  const head = ['function', 'where', 'of its time, what goes into', 'µs a page'];
  return ['### The functions of this server that cost most themselves', '', ...table(head, rows)].join('\n');
}

interface Column {
  /** Microseconds a page, all of them. */
  readonly all: number;
  readonly others: number;
  ofKind(kind: Kind): number;
  /** What a sampled microsecond counts. */
  readonly scale: number;
}

/**
 * Samples say how the time of the main thread is divided, the system how much of it there was: a sample's time goes on
 * while another process has the core.
 */
function columnOf({ functions, pages, threads }: Profiled): Column {
  const sampled = total(functions);
  const main = (threads?.main ?? sampled) / pages;
  const others = (threads?.others ?? 0) / pages;
  const scale = main / sampled;
  const ofKind = (kind: Kind) => scale * total(functions.filter((one) => one.kind === kind));
  return { all: main + others, others, scale, ofKind };
}

function total(functions: readonly FunctionTime[]): number {
  return functions.reduce((sum, { microseconds }) => sum + microseconds, 0);
}

/** The same functions of several rounds as one, those first that spent most. */
function joined(functions: readonly FunctionTime[]): FunctionTime[] {
  const times = new Map<string, FunctionTime>();
  for (const one of functions) {
    const key = `${one.kind} ${one.file} ${one.name}`;
    const before = times.get(key)?.microseconds ?? 0;
    times.set(key, { ...one, microseconds: before + one.microseconds });
  }
  return [...times.values()].sort((a, b) => b.microseconds - a.microseconds);
}

/** Empty where there is nothing. */
function cell(microseconds: number, { all }: Column): string {
  const share = `${((100 * microseconds) / all).toFixed(0)} %`;
  return microseconds === 0 ? '' : `${microseconds.toFixed(microseconds < 10 ? 1 : 0)} (${share})`;
}
