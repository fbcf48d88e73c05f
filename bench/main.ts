import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Bench } from './bench.ts';
import { buildContenders } from './contenders.ts';
import { measureFootprint } from './footprint.ts';
import { generatedFile } from './generate/file.ts';
import { sizes } from './generate/sizes.ts';
import { measureGrowth } from './growth.ts';
import { startLoadGenerator } from './load/generator.ts';
import { measureMechanisms } from './mechanisms/measure.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { measurePostgres, postgresServer } from './postgres.ts';
import { heading, writeTables } from './report.ts';
import { packageRoot } from './server-sources.ts';
import { measureWorkload } from './workload.ts';

const SEED = 1;
const WARM_UP_SECONDS = 1;

async function run(options: Options): Promise<void> {
  const { part, size, rounds, seconds } = options;
  const server = part === 'postgres' ? postgresServer(process.env) : '';
  installPackages();
  const generated = await generatedFile(sizes[size], SEED);
  await buildContenders();
  const load = startLoadGenerator();
  const tables: string[] = [];
  const print = (text: string) => {
    tables.push(text);
    console.log(`${text}\n`);
  };
  const timing = { rounds, seconds, warmUpSeconds: Math.min(WARM_UP_SECONDS, seconds / 3) };
  const bench: Bench = { load, generated, options, timing, print };
  try {
    print(heading(options));
    if (part === 'workload') await measureWorkload(bench);
    else if (part === 'growth') await measureGrowth(bench, SEED);
    else if (part === 'postgres') await measurePostgres(bench, server);
    else if (part === 'mechanisms') await measureMechanisms(bench);
    else await measureFootprint(bench);
  } finally {
    load.stop();
  }
  if (options.write) writeTables(part, tables);
}

/** The benchmark's own packages, where they are not there yet: beside and not among those of the project. */
function installPackages(): void {
  const folder = path.join(packageRoot, 'bench');
  if (existsSync(path.join(folder, 'node_modules'))) return;
  console.error('Installing the packages of the benchmark.');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: folder });
  if (status !== 0)
    throw new Error('The packages of the benchmark could not be installed: see npm ci in bench/.');
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
