import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COLUMNS, FAULTS, RELIABILITY_FILE } from '../proof/faults/reliability.ts';

test('docs/reliability.md has a row for each fault that the suite causes, and nothing is lost in any', () => {
  const rows = readFileSync(RELIABILITY_FILE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(' | '));
  const [columns, _rule, ...measured] = rows.filter((cells) => cells.length === COLUMNS.length);
  expect(columns).toEqual(COLUMNS);
  expect(measured.map(([fault]) => fault)).toEqual([...FAULTS]);
  for (const [fault, rounds, acknowledged, lost, failed, seconds] of measured) {
    expect(Number(rounds), fault).toBeGreaterThan(0);
    expect(Number(acknowledged), fault).toBeGreaterThan(0);
    expect(lost, fault).toBe('0');
    expect(failed, fault).toMatch(/^\d+$/);
    expect(seconds, fault).toMatch(/^\d+\.\d$/);
  }
});
