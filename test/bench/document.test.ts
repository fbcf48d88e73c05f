import { describe, expect, test } from 'vitest';
import { chart } from '../../bench/chart.ts';
import { withTables } from '../../bench/document.ts';
import { enginesTable } from '../../bench/report.ts';
import type { Figures } from '../../bench/rounds.ts';

const figures = (name: string, requestsPerSecond: number): Figures => ({
  ...{ name, requestsPerSecond, connections: 32, p50: 1, p99: 2, bytes: 3, loadCpu: 0, cpuMs: 1 },
  ...{ databaseCpuMs: null, memory: null, slowest: requestsPerSecond, fastest: requestsPerSecond },
});

describe('what the benchmark writes', () => {
  test('stands between its markers, in place of what stood there, and touches nothing else', () => {
    const begin = '<!-- bench growth -->';
    const end = '<!-- end of bench growth -->';
    const document = `Before.\n${begin}\nold\n${end}\nAfter.\n`;
    const written = withTables(document, 'growth', ['one', 'two']);
    expect(written).toBe(`Before.\n${begin}\n\none\n\ntwo\n\n${end}\nAfter.\n`);
    expect(withTables(written, 'growth', ['one', 'two'])).toBe(written);
    expect(() => withTables(document, 'workload', [])).toThrow(/no place for the workload/);
  });

  test('shows one server on both engines as shares of SQLite, and what PostgreSQL itself used', () => {
    const on = (name: string, requestsPerSecond: number, databaseCpuMs: number | null) => ({
      ...figures(name, requestsPerSecond),
      databaseCpuMs,
    });
    const table = enginesTable({
      operation: 'threadPage',
      figures: [on('on SQLite', 200, null), on('on PostgreSQL', 50, 0.5)],
      statements: new Map([['on PostgreSQL', 9]]),
    });
    const rows = table.split('\n').slice(2);
    const columns = (name: string) =>
      rows
        .find((row) => row.includes(name))
        ?.split('|')
        .map((cell) => cell.trim());
    expect(columns('on SQLite')?.slice(4, 5)).toEqual(['100 %']);
    expect(columns('on PostgreSQL')?.slice(4, 5)).toEqual(['25 % (CPU 100 %)']);
    expect(columns('on PostgreSQL')?.slice(-3, -1)).toEqual(['0.50', '9']);
    expect(columns('on SQLite')?.slice(-3, -1)).toEqual(['', '']);
  });

  test('draws every server as a share of the floor', () => {
    const svg = chart([
      {
        operation: 'threadPage',
        figures: [figures('floor', 200), figures('parley', 150)],
        statements: new Map(),
      },
    ]);
    expect(svg).toContain('>100 %<');
    expect(svg).toContain('>75 %<');
    expect(svg).toContain('width="390.0"');
  });
});
