import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { measureFootprint } from './footprint.ts';
import { generatedFile } from './generate/file.ts';
import { measureGrowth } from './growth.ts';
import { measureMechanisms } from './mechanisms/measure.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { measurePostgres, postgresServer } from './postgres.ts';
import { buildPrograms } from './programs.ts';
import { type Bench, heading, writeTables } from './report.ts';
import { packageRoot } from './server-sources.ts';
import { pinLoad } from './servers.ts';
import { makeCopies } from './targets.ts';
import { measureWorkload } from './workload.ts';

const PARTS: Record<Options['part'], (bench: Bench) => Promise<void>> = {
  ...{ workload: measureWorkload, growth: measureGrowth, postgres: measurePostgres },
  ...{ mechanisms: measureMechanisms, footprint: measureFootprint },
};

async function run(options: Options): Promise<void> {
  if (options.part === 'postgres') postgresServer(process.env);
  installPackages();
  await buildPrograms();
  const copies = await makeCopies(await generatedFile(options.size));
  const tables: string[] = [];
  const print = (text: string) => {
    tables.push(text);
    console.log(`${text}\n`);
  };
  pinLoad();
  try {
    print(heading(options, copies.file));
    await PARTS[options.part]({ copies, options, print });
  } finally {
    copies.remove();
  }
  if (options.write) writeTables(options.part, tables);
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
