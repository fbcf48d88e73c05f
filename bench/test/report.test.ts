import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { changed } from '../mechanisms/measure.ts';
import { MECHANISMS } from '../mechanisms/table.ts';
import { readOptions } from '../options.ts';
import { enginesTable, withTables } from '../report.ts';
import { type Figures, median } from '../rounds.ts';
import { packageRoot } from '../server-sources.ts';

const figures = (name: string, requestsPerSecond: number): Figures => ({
  ...{ name, requestsPerSecond, connections: 32, p50: 1, p99: 2, bytes: 3, loadCpu: 0, cpuMs: 1 },
  ...{ databaseCpuMs: null, memory: null, slowest: requestsPerSecond, fastest: requestsPerSecond },
  leastCpuMs: 1,
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
    const table = enginesTable(
      'threadPage',
      [on('on SQLite', 200, null), on('on PostgreSQL', 50, 0.5)],
      new Map([['on PostgreSQL', 9]]),
    );
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
});

describe('the options of the benchmark', () => {
  test('are the size and the settings that its documentation names where none are given', () => {
    expect(readOptions([])).toEqual({
      size: 'full',
      rounds: 3,
      seconds: 3,
      only: ['threadPage', 'listPage', 'addComment', 'setVote'],
      part: 'workload',
      peers: true,
      write: false,
      help: false,
    });
  });

  test('are a smaller size for the part that moves the forum first', () => {
    expect(readOptions(['postgres'])).toMatchObject({ part: 'postgres', size: 'small' });
    expect(readOptions(['postgres', '--size', 'full'])).toMatchObject({ size: 'full' });
  });

  test.each([
    [['--size', 'huge'], '--size must be one of tiny, small, full, large, not "huge".'],
    [['cold'], 'The part must be one of workload, growth, postgres, mechanisms, footprint, not "cold".'],
    [['--rounds', '0'], '--rounds must be a whole number from 1 to 99, not "0".'],
    [['--seconds', '0'], '--seconds must be a number of seconds, not "0".'],
    [
      ['--only', 'threadPage,search'],
      '--only must be one of threadPage, listPage, addComment, setVote, not "search".',
    ],
  ])('are refused in one sentence: %j', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});

describe('the median', () => {
  test('is the middle value, or lies between the two middle ones', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 9])).toBe(3);
  });
});

describe('every mechanism', () => {
  test.each(MECHANISMS.map((one) => [one.name, one] as const))('can still be taken out: %s', (_, one) => {
    for (const change of one.off ?? []) {
      const source = readFileSync(path.join(packageRoot, change.module), 'utf8');
      expect(changed(source, change)).not.toBe(source);
    }
    for (const name of [...one.files, one.test])
      expect(existsSync(path.join(packageRoot, name)), name).toBe(true);
  });
});
