import { availableParallelism, cpus, loadavg } from 'node:os';
import type { ColdStart } from './cold-start.ts';
import { FLOOR, ON_SQLITE } from './contenders.ts';
import { sizes } from './generate/sizes.ts';
import type { Growth } from './growth.ts';
import type { Options } from './options.ts';
import { isPinned, type Memory } from './processes.ts';
import type { Figures } from './rounds.ts';
import type { Outcome } from './workload.ts';

/** Above this share of its core the load process may be what is measured. */
const LOAD_CPU_MAX = 0.9;

export function heading({ part, size, rounds, seconds }: Options): string {
  const cores = `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'})`;
  const placed = isPinned ? 'server and load on a core each' : 'server and load not tied to cores';
  const { discussions, comments, votes } = sizes[size];
  const busy = `load average ${(loadavg()[0] ?? 0).toFixed(1)} before the run`;
  const amount = (count: number) => count.toLocaleString('en');
  const data = `${amount(discussions)} discussions, ${amount(comments)} comments, ${amount(votes)} votes`;
  const sums = part === 'profile' ? 'Sums' : 'Medians';
  const how = part === 'memory' ? '' : ` ${sums} of ${rounds} rounds of ${seconds} s.`;
  return `${data}.${how} Node ${process.version}, ${cores}, ${placed}, ${busy}.`;
}

/** The figures of one operation as a Markdown table: the floor is 100 %. */
export function operationTable({ operation, figures, statements }: Outcome): string {
  const rows = figures.map((one) => {
    const floor = floorOf(figures, one);
    const count = statements.get(one.name) ?? '';
    return [one.name, one.connections, rate(one), percent(one, floor), ...costs(one), count];
  });
  const head = ['server', 'connections', 'requests/s', 'of the floor', ...COSTS, 'statements'];
  return [`### ${operation}`, '', ...table(head, rows), ...warnings(figures)].join('\n');
}

/** The same for one server on both engines: SQLite is 100 %. */
export function enginesTable({ operation, figures, statements }: Outcome): string {
  return bothEngines(operation, figures, (name) => statements.get(name) ?? '');
}

/** What members' pages cost on both engines, made anew and of what members share. */
export function membersTable(figures: readonly Figures[]): string {
  return bothEngines("members' thread pages", figures, null);
}

function bothEngines(
  title: string,
  figures: readonly Figures[],
  statementsOf: ((name: string) => number | string) | null,
): string {
  const rows = figures.map((one) => {
    const base = figures.find(
      ({ name, connections }) => name === ON_SQLITE.name && connections === one.connections,
    );
    const isOnFile = one.name.startsWith(ON_SQLITE.name);
    const database = one.databaseCpuMs?.toFixed(2) ?? (isOnFile ? '' : 'unknown');
    const cells = [one.name, one.connections, rate(one), percent(one, base), ...costs(one), database];
    return statementsOf ? [...cells, statementsOf(one.name)] : cells;
  });
  const head = ['parley', 'connections', 'requests/s', 'of SQLite', ...COSTS, "PostgreSQL's CPU ms"];
  return [
    `### ${title}, both engines`,
    '',
    ...table(statementsOf ? [...head, 'statements'] : head, rows),
    ...warnings(figures),
  ].join('\n');
}

/** The floor's figures beside these. */
export function floorOf(figures: readonly Figures[], { connections }: Figures): Figures | undefined {
  return figures.find((one) => one.name === FLOOR.name && one.connections === connections);
}

/** One part of the growth check as a Markdown table. */
export function growthTable({ title, figures }: Growth): string {
  const rows = figures.map((one) => [one.name, rate(one), percent(one, figures[0]), ...costs(one)]);
  const head = ['', 'requests/s', 'of the first row', ...COSTS];
  return [`### Growth: ${title}`, '', ...table(head, rows), ...warnings(figures)].join('\n');
}

/** One server's figures, one sixth of the time after the other. */
export function memoryTable(figures: readonly Figures[], { minutes }: Options): string {
  const rows = figures.map((one) => [one.name, rate(one), ...costs(one)]);
  return [`### Memory over ${minutes} min`, '', ...table(['', 'requests/s', ...COSTS], rows)].join('\n');
}

export function coldStartTable(starts: readonly ColdStart[]): string {
  const rows = starts.map(({ name, milliseconds, slowest, cpuMs, memory }) => [
    name,
    `${milliseconds.toFixed(0)} [slowest ${slowest.toFixed(0)}]`,
    cpuMs?.toFixed(0) ?? 'unknown',
    megabytes(memory),
  ]);
  const head = ['server', 'ms to the first thread page', 'CPU ms', 'memory MB'];
  return ['### Cold start', '', ...table(head, rows)].join('\n');
}

const COSTS = ['p50 ms', 'p99 ms', 'CPU ms', 'KB an answer', 'memory MB'];

function costs({ p50, p99, cpuMs, bytes, memory }: Figures): string[] {
  return [
    p50.toFixed(2),
    p99.toFixed(2),
    cpuMs?.toFixed(2) ?? 'unknown',
    (bytes / 1000).toFixed(1),
    megabytes(memory),
  ];
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

function warnings(figures: readonly Figures[]): string[] {
  const busy = figures.filter(({ loadCpu }) => loadCpu > LOAD_CPU_MAX).map(({ name }) => name);
  const names = [...new Set(busy)].join(', ');
  return busy.length === 0 ? [] : ['', `The load generator was at its limit with: ${names}.`];
}

export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
