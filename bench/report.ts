import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { countRows } from './generate/file.ts';
import type { Options } from './options.ts';
import type { Figures } from './rounds.ts';
import { packageRoot } from './server-sources.ts';
import { digits, isPinned } from './servers.ts';
import type { Copies } from './targets.ts';

/** What every part of the benchmark measures with. */
export interface Bench {
  readonly copies: Copies;
  readonly options: Options;
  /** Shows a table, and stores it for the document. */
  print(text: string): void;
}

/** Above this share of its core the load may be what is measured. */
const LOAD_CPU_MAX = 0.9;
const DOCUMENT = path.join(packageRoot, 'docs/performance.md');

/** Puts tables between a part's markers in docs/performance.md. */
export function writeTables(part: string, tables: readonly string[]): void {
  writeFileSync(DOCUMENT, withTables(readFileSync(DOCUMENT, 'utf8'), part, tables));
}

/** The document with these tables in place of those between the part's markers. Throws if there are no markers. */
export function withTables(document: string, part: string, tables: readonly string[]): string {
  const [begin, end] = [`<!-- bench ${part} -->`, `<!-- end of bench ${part} -->`];
  const [before, rest] = document.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/performance.md has no place for the ${part}: put ${begin} and ${end} into it.`);
  return `${before}${begin}\n\n${tables.join('\n\n')}\n\n${end}${after}`;
}

/** What the figures stand for: the data, the rounds and the machine. */
export function heading({ part, rounds, seconds }: Options, file: string): string {
  const amount = (table: string) => countRows(file, table).toLocaleString('en');
  const data = `${amount('discussion')} discussions, ${amount('comment')} comments, ${amount('comment_vote')} votes.`;
  const how = part === 'footprint' ? '' : ` Medians of ${rounds} rounds of ${seconds} s.`;
  const cores = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`;
  const placed = isPinned ? 'server and load on a core each' : 'server and load not tied to cores';
  const busy = `load average ${(loadavg()[0] ?? 0).toFixed(1)} before the run`;
  return `${data}${how} Node ${process.version}, ${cores}, ${placed}, ${busy}.`;
}

type Cells = readonly (string | number)[];

export function table(head: Cells, rows: readonly Cells[]): string {
  const line = (cells: Cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A column that only one part has. */
export type Column = readonly [title: string, of: (one: Figures) => string | number];

/**
 * The table of an operation or a page. Each row is compared with the row of its number of connections that has the
 * name `base`, or with the first row.
 */
export function figuresTable(
  title: string,
  figures: readonly Figures[],
  base: string,
  ...more: Column[]
): string {
  const baseOf = ({ connections }: Figures) =>
    figures.find((one) => one.name === base && one.connections === connections) ?? figures[0];
  const columns: readonly Column[] = [
    ['', ({ name }) => name],
    ['connections', ({ connections }) => connections],
    [
      'requests/s',
      (one) => `${digits(one.requestsPerSecond)} [${digits(one.slowest)}–${digits(one.fastest)}]`,
    ],
    [`of ${base || 'the first row'}`, (one) => share(one, baseOf(one) ?? one)],
    ['p50 ms', ({ p50 }) => digits(p50, 2)],
    ['p99 ms', ({ p99 }) => digits(p99, 2)],
    ['CPU ms', ({ cpuMs }) => digits(cpuMs, 2)],
    ['KB an answer', ({ bytes }) => digits(bytes / 1000, 1)],
    ['memory MB', ({ memory }) => memory],
    ...more,
  ];
  const rows = figures.map((one) => columns.map(([, of]) => of(one)));
  const busy = figures.filter(({ loadCpu }) => loadCpu > LOAD_CPU_MAX).map(({ name }) => name);
  const names = [...new Set(busy)].join(', ');
  const warning = busy.length === 0 ? '' : `\n\nThe load generator was at its limit with: ${names}.`;
  return `### ${title}\n\n${table(
    columns.map(([name]) => name),
    rows,
  )}${warning}`;
}

/** In requests per second and, where the machine was shared with others, the steadier figure: in processor time. */
function share(one: Figures, base: Figures): string {
  const rates = `${digits((100 * one.requestsPerSecond) / base.requestsPerSecond)} %`;
  return one === base ? rates : `${rates} (CPU ${digits((100 * base.cpuMs) / one.cpuMs)} %)`;
}
