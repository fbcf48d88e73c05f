import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/package-root.ts';

export interface SourceFile {
  /** From the package's root, with forward slashes. */
  readonly name: string;
  readonly text: string;
  readonly lines: number;
  /** What it imports: packages by name, files from the package's root. */
  readonly imports: readonly string[];
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

/** The hand-written files below a folder, by ending. */
export function filesBelow(folder: string, ending = '.ts'): SourceFile[] {
  const names = readdirSync(path.join(packageRoot, folder), { recursive: true, encoding: 'utf8' });
  return names
    .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')))
    .filter((name) => name.endsWith(ending) && !/^(?:web\/)?src\/generated\/|^web\/dist\//.test(name))
    .filter((name) => !/\/(node_modules|compiled)\//.test(name)) // bench, test/clients and test/lighthouse have their own
    .map(read);
}

function read(name: string): SourceFile {
  const text = readFileSync(path.join(packageRoot, name), 'utf8');
  const imports = [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
  return {
    name,
    text,
    lines: text.trimEnd().split('\n').length,
    imports: imports.map((from) =>
      from.startsWith('.') ? path.posix.join(path.posix.dirname(name), from) : from,
    ),
  };
}

/** The folder below src/ that a file stands in, such as `forum/comment`; for a file of src/ itself, its bare name. */
export function folderOf(name: string): string {
  const path = name.replace(/^src\//, '');
  const end = path.lastIndexOf('/');
  return end < 0 ? path.replace(/\.ts$/, '') : path.slice(0, end);
}
