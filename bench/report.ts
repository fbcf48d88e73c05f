import { availableParallelism, cpus } from 'node:os';
import type { Growth } from './growth.ts';
import type { Options } from './options.ts';
import { isPinned } from './processes.ts';
import type { Operation } from './queries.ts';
import type { Figures } from './rounds.ts';
import type { StatementCounts } from './statements.ts';

/** Above this share of its core the load process may be what is measured. */
const LOAD_CPU_MAX = 0.9;

export function heading(options: Options): string {
  const cores = `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'})`;
  const placed = isPinned ? 'server and load on a core each' : 'server and load not tied to cores';
  const rounds = `median of ${options.rounds} rounds of ${options.seconds} s`;
  return `Data: ${options.size}. ${rounds}. Node ${process.version}, ${cores}, ${placed}.`;
}

/** The figures of one operation as a Markdown table: the floor is 100 %. */
export function operationTable(
  operation: Operation,
  figures: readonly Figures[],
  statements: StatementCounts,
): string {
  const rows = figures.map((one) => {
    const floor = figures.find(
      ({ name, connections }) => name === 'floor' && connections === one.connections,
    );
    const count = one.name === 'floor' ? statements.floor : statements.server;
    return [one.name, one.connections, rate(one), percent(one, floor), ...costs(one), count];
  });
  const head = ['server', 'connections', 'requests/s', 'of the floor', ...COSTS, 'statements'];
  return [`### ${operation}`, '', ...table(head, rows), ...warnings(figures)].join('\n');
}

/** One part of the growth check as a Markdown table. */
export function growthTable({ title, figures }: Growth): string {
  const rows = figures.map((one) => [one.name, rate(one), percent(one, figures[0]), ...costs(one)]);
  const head = ['pages of', 'requests/s', 'of the first row', ...COSTS];
  return [`### ${title}`, '', ...table(head, rows), ...warnings(figures)].join('\n');
}

const COSTS = ['p50 ms', 'p99 ms', 'CPU ms', 'KB an answer', 'own memory MB'];

function costs({ p50, p99, cpuMs, bytes, memory }: Figures): string[] {
  const megabytes = memory === null ? 'unknown' : (memory / 2 ** 20).toFixed(0);
  return [
    p50.toFixed(2),
    p99.toFixed(2),
    cpuMs?.toFixed(2) ?? 'unknown',
    (bytes / 1000).toFixed(1),
    megabytes,
  ];
}

function rate({ requestsPerSecond, slowest, fastest }: Figures): string {
  return `${requestsPerSecond.toFixed(0)} [${slowest.toFixed(0)}–${fastest.toFixed(0)}]`;
}

function percent(one: Figures, base: Figures | undefined): string {
  return base ? `${((100 * one.requestsPerSecond) / base.requestsPerSecond).toFixed(0)} %` : '';
}

function warnings(figures: readonly Figures[]): string[] {
  const busy = figures.filter(({ loadCpu }) => loadCpu > LOAD_CPU_MAX).map(({ name }) => name);
  return busy.length === 0 ? [] : ['', `The load generator was at its limit with: ${busy.join(', ')}.`];
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
