import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { changed } from '../mechanisms/measure.ts';
import { MECHANISMS } from '../mechanisms/table.ts';
import { readOptions } from '../options.ts';
import { figuresTable, withTables } from '../report.ts';
import { type Figures, median } from '../rounds.ts';
import { packageRoot } from '../server-sources.ts';

const figures = (name: string, rate: number): Figures => ({
  ...{ name, requestsPerSecond: rate, slowest: rate, fastest: rate, connections: 32, p50: 1, p99: 2 },
  ...{ bytes: 3000, loadCpu: 0.95, cpuMs: 100 / rate, leastCpuMs: 1, databaseCpuMs: Number.NaN, memory: '9' },
});

describe('what the benchmark writes', () => {
  test('stands between its markers, in place of what stood there, and touches nothing else', () => {
    const [begin, end] = ['<!-- bench growth -->', '<!-- end of bench growth -->'];
    const document = `Before.\n${begin}\nold\n${end}\nAfter.\n`;
    const written = withTables(document, 'growth', ['one', 'two']);
    expect(written).toBe(`Before.\n${begin}\n\none\n\ntwo\n\n${end}\nAfter.\n`);
    expect(withTables(written, 'growth', ['one', 'two'])).toBe(written);
    expect(() => withTables(document, 'workload', [])).toThrow(/no place for the workload/);
  });

  test('compares each row with the base, and warns where the load may be what was measured', () => {
    const rows = [figures('floor', 200), figures('parley', 50)];
    const text = figuresTable('setVote', rows, 'floor', ['n', () => 9]);
    const [, , , , first, second, , warning] = text.split('\n');
    expect(first).toBe('| floor | 32 | 200 [200–200] | 100 % | 1.00 | 2.00 | 0.50 | 3.0 | 9 | 9 |');
    expect(second).toContain('| 25 % (CPU 25 %) |');
    expect(warning).toBe('The load generator was at its limit with: floor, parley.');
  });

  test('has the middle value for a median, or the mean of the two middle ones', () => {
    expect([median([9, 1, 5]), median([4, 1, 2, 9])]).toEqual([5, 3]);
  });
});

describe('the options of the benchmark', () => {
  test('are what the documentation says where none are given', () => {
    const only = ['threadPage', 'listPage', 'addComment', 'setVote'];
    const workload = { part: 'workload', size: 'full', rounds: 3, seconds: 3, only };
    expect(readOptions([])).toEqual({ ...workload, peers: true, write: false, help: false });
    expect(readOptions(['postgres'])).toMatchObject({ part: 'postgres', size: 'small' });
    expect(readOptions(['mechanisms'])).toMatchObject({ size: 'small', rounds: 9, seconds: 1 });
  });

  test.each([
    [['--size', 'huge'], '--size must be one of tiny, small, full, large, not "huge".'],
    [
      ['cold'],
      'The part must be one of workload, growth, postgres, mechanisms, footprint, search, overload, not "cold".',
    ],
    [['--rounds', '0'], '--rounds must be a whole number from 1 to 99, not "0".'],
    [['--seconds', '0'], '--seconds must be a number of seconds, not "0".'],
    [['--only', 'listPage,x'], '--only must be one of threadPage, listPage, addComment, setVote, not "x".'],
  ])('are refused in one sentence: %j', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});

test.each(MECHANISMS.map((one) => [one.name, one] as const))('%s can still be taken out', (_, one) => {
  for (const change of one.off ?? []) {
    const source = readFileSync(path.join(packageRoot, change.module), 'utf8');
    expect(changed(source, change)).not.toBe(source);
  }
  for (const name of [...one.files, one.test])
    expect(existsSync(path.join(packageRoot, name)), name).toBe(true);
});
