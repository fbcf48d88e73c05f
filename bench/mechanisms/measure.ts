import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { serverBundle } from '../../scripts/bundle.ts';
import { PARLEY, PARLEY_CACHED, type Program } from '../programs.ts';
import type { Operation } from '../queries.ts';
import { type Bench, table } from '../report.ts';
import type { Figures } from '../rounds.ts';
import { packageRoot, sourcesBelow } from '../server-sources.ts';
import { startAll, stopAll } from '../servers.ts';
import { measureOperation } from '../workload.ts';
import { type Change, MECHANISMS, type Mechanism } from './table.ts';

/** Beside dist/, for a bundle looks for its packages and for the package's root above itself. */
const FOLDER = 'dist-without';
const CONNECTIONS = 32;

/** What each mechanism buys: the server as it is beside servers that have one mechanism less, all in one run. */
export async function measureMechanisms({ copies, options, print }: Bench): Promise<void> {
  const programs = [PARLEY, PARLEY_CACHED, ...(await bundled())];
  const servers = await startAll(programs, copies.another);
  try {
    const figures = new Map<Operation, readonly Figures[]>();
    for (const one of options.only)
      figures.set(one, await measureOperation(servers, one, copies.targets, options, [CONNECTIONS]));
    const rows = MECHANISMS.map((mechanism) => [
      mechanism.name,
      linesOf(mechanism) || '',
      ...options.only.map((operation) => bought(mechanism, figures.get(operation) ?? [])),
      `\`${mechanism.test}\``,
    ]);
    print(table(['mechanism', 'lines', ...options.only, 'held by'], rows));
  } finally {
    await stopAll(servers);
    rmSync(path.join(packageRoot, FOLDER), { recursive: true, force: true });
  }
}

/** The processor time of a request without the mechanism and with it, and what that saves. */
function bought({ name, off }: Mechanism, figures: readonly Figures[]): string {
  const of = (program: string) => figures.find((one) => one.name === program);
  const [without, having] = off ? [of(name), of(PARLEY.name)] : [of(PARLEY.name), of(PARLEY_CACHED.name)];
  if (!without?.leastCpuMs || !having?.leastCpuMs) return 'unknown';
  const saved = 100 * (1 - having.leastCpuMs / without.leastCpuMs);
  const faster = 100 * (having.requestsPerSecond / without.requestsPerSecond - 1);
  const times = `${without.leastCpuMs.toFixed(3)} → ${having.leastCpuMs.toFixed(3)}`;
  return `${times} (saves ${saved.toFixed(0)} %, rate ${faster < 0 ? '−' : '+'}${Math.abs(faster).toFixed(0)} %)`;
}

function linesOf({ files }: Mechanism): number {
  const texts = files.flatMap(sourcesBelow).map((name) => readFileSync(path.join(packageRoot, name), 'utf8'));
  return texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0);
}

/** The server once for each mechanism that is taken out of its source. */
function bundled(): Promise<Program[]> {
  const without = MECHANISMS.flatMap(({ name, off }) => (off ? [{ name, off }] : []));
  return Promise.all(
    without.map(async ({ name, off }, i) => {
      const outdir = `${FOLDER}/${i}`;
      const replaced = new Set<string>();
      await build({ ...serverBundle, sourcemap: false, outdir, plugins: [replacing(off, replaced)] });
      for (const { module } of off)
        if (!replaced.has(module))
          throw new Error(`Nothing imports ${module}: mend bench/mechanisms/table.ts.`);
      return { ...PARLEY, name, script: `${outdir}/main.js` };
    }),
  );
}

function replacing(changes: readonly Change[], replaced: Set<string>): Plugin {
  return {
    name: 'replacing',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        const module = path.relative(packageRoot, file);
        const own = changes.filter((change) => change.module === module);
        if (own.length === 0) return null;
        replaced.add(module);
        const contents = own.reduce(changed, readFileSync(file, 'utf8'));
        return { contents, loader: 'ts', resolveDir: path.dirname(file) };
      });
    },
  };
}

/** Throws where the words are not there, or more than once: the module has changed. */
export function changed(source: string, change: Change): string {
  if ('by' in change)
    return `export * from ${JSON.stringify(path.join(packageRoot, 'bench/mechanisms', change.by))};`;
  const { module, find, put } = change;
  if (source.split(find).length !== 2)
    throw new Error(`${module} does not say "${find}" once: mend bench/mechanisms/table.ts.`);
  return source.replace(find, () => put);
}
