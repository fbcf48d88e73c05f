import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import type { Part } from './options.ts';

const DOCUMENT = path.join(packageRoot, 'docs/performance.md');
const CHART = path.join(packageRoot, 'docs/performance.svg');

/** Puts tables between a part's markers in docs/performance.md. Throws where the markers are not there. */
export function writeTables(part: Part, tables: readonly string[]): void {
  writeFileSync(DOCUMENT, withTables(readFileSync(DOCUMENT, 'utf8'), part, tables));
}

export function writeChart(svg: string): void {
  writeFileSync(CHART, svg);
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
