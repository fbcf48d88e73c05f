import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { FLOOR, ON_SQLITE } from './contenders.ts';
import { sizes } from './generate/sizes.ts';
import type { Options, Part } from './options.ts';
import { isPinned, type Memory } from './processes.ts';
import type { Operation } from './queries.ts';
import type { Figures } from './rounds.ts';
import { packageRoot } from './server-sources.ts';
import type { ColdStart } from './workload.ts';

/** Above this share of its core the load process may be what is measured. */
const LOAD_CPU_MAX = 0.9;
const DOCUMENT = path.join(packageRoot, 'docs/performance.md');

/** Puts tables between a part's markers in docs/performance.md. Throws where the markers are not there. */
export function writeTables(part: Part, tables: readonly string[]): void {
  writeFileSync(DOCUMENT, withTables(readFileSync(DOCUMENT, 'utf8'), part, tables));
}

/** The document with these tables in place of those that stood between the part's markers. */
export function withTables(document: string, part: string, tables: readonly string[]): string {
  const [begin, end] = [`<!-- bench ${part} -->`, `<!-- end of bench ${part} -->`];
  const [before, rest] = document.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/performance.md has no place for the ${part}: put ${begin} and ${end} into it.`);
  return `${before}${begin}\n\n${tables.join('\n\n')}\n\n${end}${after}`;
}

/** What the figures stand for: the data, the rounds and the machine. */
export function heading({ part, size, rounds, seconds }: Options): string {
  const amount = (what: 'discussions' | 'comments' | 'votes') =>
    `${sizes[size][what].toLocaleString('en')} ${what}`;
  const data = `${amount('discussions')}, ${amount('comments')}, ${amount('votes')}.`;
  const how = part === 'footprint' ? '' : ` Medians of ${rounds} rounds of ${seconds} s.`;
  const cores = `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'})`;
  const placed = isPinned ? 'server and load on a core each' : 'server and load not tied to cores';
  const busy = `load average ${(loadavg()[0] ?? 0).toFixed(1)} before the run`;
  return `${data}${how} Node ${process.version}, ${cores}, ${placed}, ${busy}.`;
}

type Cells = readonly (string | number)[];
type Counts = ReadonlyMap<string, number> | undefined;

export function table(head: Cells, rows: readonly Cells[]): string {
  const line = (cells: Cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The figures of one operation: the floor is 100 %. */
export function operationTable(operation: Operation, figures: readonly Figures[], statements: Counts) {
  const rows = figures.map((one) => {
    const floor = figures.find((f) => f.name === FLOOR.name && f.connections === one.connections);
    return [one.name, one.connections, rate(one), percent(one, floor), ...costs(one), count(statements, one)];
  });
  const head = ['server', 'connections', 'requests/s', 'of the floor', ...COSTS, 'statements'];
  return section(operation, head, rows, figures);
}

/** The same for one server on both engines: SQLite is 100 %. */
export function enginesTable(operation: Operation, figures: readonly Figures[], statements: Counts) {
  const rows = figures.map((one) => {
    const file = figures.find((f) => f.name === ON_SQLITE.name && f.connections === one.connections);
    const database = one.databaseCpuMs?.toFixed(2) ?? (one.name === ON_SQLITE.name ? '' : 'unknown');
    const cells = [one.name, one.connections, rate(one), percent(one, file), ...costs(one)];
    return [...cells, database, count(statements, one)];
  });
  const head = ['parley', 'connections', 'requests/s', 'of SQLite', ...COSTS, "PostgreSQL's CPU ms"];
  return section(`${operation}, both engines`, [...head, 'statements'], rows, figures);
}

/** Pages that should cost the same; each is compared with the first. */
export function growthTable(title: string, figures: readonly Figures[]): string {
  const rows = figures.map((one) => [one.name, rate(one), percent(one, figures[0]), ...costs(one)]);
  return section(`Growth: ${title}`, ['', 'requests/s', 'of the first row', ...COSTS], rows, figures);
}

export function coldStartTable(starts: readonly ColdStart[]): string {
  const rows = starts.map(({ name, milliseconds, slowest, cpuMs, memory }) => [
    ...[name, `${milliseconds.toFixed(0)} [slowest ${slowest.toFixed(0)}]`],
    ...[Number.isNaN(cpuMs) ? 'unknown' : cpuMs.toFixed(0), megabytes(memory)],
  ]);
  return section('Cold start', ['server', 'ms to the first thread page', 'CPU ms', 'memory MB'], rows, []);
}

function section(title: string, head: Cells, rows: readonly Cells[], figures: readonly Figures[]): string {
  const busy = figures.filter(({ loadCpu }) => loadCpu > LOAD_CPU_MAX).map(({ name }) => name);
  const names = [...new Set(busy)].join(', ');
  const warning = busy.length === 0 ? '' : `\n\nThe load generator was at its limit with: ${names}.`;
  return `### ${title}\n\n${table(head, rows)}${warning}`;
}

const COSTS = ['p50 ms', 'p99 ms', 'CPU ms', 'KB an answer', 'memory MB'];

function costs({ p50, p99, cpuMs, bytes, memory }: Figures): string[] {
  const cpu = cpuMs?.toFixed(2) ?? 'unknown';
  return [p50.toFixed(2), p99.toFixed(2), cpu, (bytes / 1000).toFixed(1), megabytes(memory)];
}

/** Everything that is resident, and in brackets what is not the mapped database file. */
function megabytes(memory: Memory | null): string {
  const of = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
  return memory === null ? 'unknown' : `${of(memory.resident)} (own ${of(memory.own)})`;
}

function rate({ requestsPerSecond, slowest, fastest }: Figures): string {
  return `${requestsPerSecond.toFixed(0)} [${slowest.toFixed(0)}–${fastest.toFixed(0)}]`;
}

/** In requests per second and, where the machine was shared with others, the steadier figure: in processor time. */
function percent(one: Figures, base: Figures | undefined): string {
  if (!base) return '';
  const rates = `${((100 * one.requestsPerSecond) / base.requestsPerSecond).toFixed(0)} %`;
  if (one === base || one.cpuMs === null || base.cpuMs === null) return rates;
  return `${rates} (CPU ${((100 * base.cpuMs) / one.cpuMs).toFixed(0)} %)`;
}

const count = (statements: Counts, { name }: Figures) => statements?.get(name) ?? '';
