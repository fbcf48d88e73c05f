import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/package-root.ts';

const folder = path.join(packageRoot, 'test/clients');
const compiler = createRequire(path.join(folder, 'package.json'))('relay-compiler') as string;

/** Compiles relay/ with Relay's compiler and the repository's schema.graphql, unmodified. Throws what it reports. */
export async function setup(): Promise<void> {
  const compiled = path.join(folder, 'compiled/relay');
  await rm(compiled, { recursive: true, force: true });
  await mkdir(compiled, { recursive: true });
  const config = {
    root: packageRoot,
    sources: { 'test/clients/relay': 'parley' },
    projects: {
      parley: {
        schema: 'schema.graphql',
        language: 'typescript',
        output: 'test/clients/compiled/relay',
        eagerEsModules: true,
        useImportTypeSyntax: true,
      },
    },
    excludes: [],
  };
  const file = path.join(folder, 'compiled/relay.config.json');
  await writeFile(file, JSON.stringify(config));
  await promisify(execFile)(compiler, [file], { cwd: packageRoot });
}
