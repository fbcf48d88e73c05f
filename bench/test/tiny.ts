import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { generate } from '../generate/file.ts';
import { sizes } from '../generate/rows.ts';

/** A folder that is removed after the tests of a file. */
export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-bench-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A new file of the generator's. */
export async function generateTiny(file: string, seed: number): Promise<string> {
  await generate(file, sizes.tiny, seed);
  return file;
}
