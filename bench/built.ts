import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { packageRoot } from '../src/package-root.ts';

/** Beside the peers' packages, where Node finds them, and above it those of the project. */
const FOLDER = 'bench/peers/dist';

/** The built form of a script of the benchmark: `peers/yoga.ts` starts as fast as the server's own bundle does. */
export function builtFile(script: string): string {
  return `${FOLDER}/${script.replace(/\.ts$/, '.js')}`;
}

/** Bundles the floor and the peers, packages aside: nothing that is measured runs through a loader of TypeScript. */
export async function buildContenders(): Promise<void> {
  const peers = readdirSync(path.join(packageRoot, 'bench/peers')).filter((name) =>
    /^[\w-]+\.ts$/.test(name),
  );
  await build({
    absWorkingDir: packageRoot,
    entryPoints: [
      'bench/floor/main.ts',
      'bench/profile/profiled-process.ts',
      ...peers.map((name) => `bench/peers/${name}`),
    ],
    outbase: 'bench',
    outdir: FOLDER,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // which function comes from which file: for the profile
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
  });
}
