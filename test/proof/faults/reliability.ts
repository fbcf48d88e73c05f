// The table of docs/reliability.md, which `npm run reliability` writes from a run of the suite.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../../src/package-root.ts';

export const RELIABILITY_FILE = path.join(packageRoot, 'docs/reliability.md');

/** The faults that the suite causes, in the order of the table. */
export const FAULTS = [
  'PostgreSQL: the connections go silent, new ones work',
  'PostgreSQL: the server stands still (SIGSTOP)',
  'PostgreSQL: the server crashes and starts again',
  'PostgreSQL: a table is locked',
  'PostgreSQL: no connection is left',
  'PostgreSQL: the database is read-only',
  'SQLite: another process holds the write lock',
  'SQLite: the disk is full',
  'SQLite: the file is moved away, and back',
] as const;

export type FaultName = (typeof FAULTS)[number];

export interface Measured {
  readonly rounds: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly failed: number;
  /** The longest of the rounds. */
  readonly seconds: number;
}

export const COLUMNS = ['fault', 'rounds', 'acknowledged', 'lost', 'failed', 'seconds to recover'];

/** Writes the row of a fault if the run is to write the table. */
export function record(fault: FaultName, { rounds, acknowledged, lost, failed, seconds }: Measured): void {
  if (process.env['WRITE_RELIABILITY'] !== 'on') return;
  const row = `| ${[fault, rounds, acknowledged, lost, failed, seconds.toFixed(1)].join(' | ')} |`;
  const lines = readFileSync(RELIABILITY_FILE, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.startsWith(`| ${fault} |`));
  if (at === -1) throw new Error(`docs/reliability.md has no row for ${fault}.`);
  lines[at] = row;
  writeFileSync(RELIABILITY_FILE, lines.join('\n'));
}
