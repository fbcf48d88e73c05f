import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fill } from '../generate/file.ts';
import { sizes } from '../generate/sizes.ts';
import { migrate } from '../server-sources.ts';

/** A forum that is generated in a fraction of a second and still has every depth, deleted comments and empty threads. */
export const { tiny } = sizes;

/** A folder for generated files, and its removal. */
export function makeFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-bench-'));
  return {
    file: (name: string) => path.join(folder, `${name}.db`),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** A new file with the project's schema, filled by the generator. */
export async function generateTiny(file: string, seed: number): Promise<void> {
  await migrate(`file:${file}`);
  fill(file, tiny, seed);
}
