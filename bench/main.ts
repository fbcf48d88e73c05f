import { readFileSync } from 'node:fs';
import path from 'node:path';
import { measureFootprint } from './footprint.ts';
import { generatedFile } from './generate/file.ts';
import { measureGrowth } from './growth.ts';
import { measureMechanisms } from './mechanisms/measure.ts';
import { type Options, readOptions } from './options.ts';
import { measureOverload } from './overload.ts';
import { measurePostgres, postgresServer } from './postgres.ts';
import { buildPrograms } from './programs.ts';
import { type Bench, heading, writeTables } from './report.ts';
import { measureSearch } from './search.ts';
import { packageRoot } from './server-sources.ts';
import { pinLoad } from './servers.ts';
import { makeCopies } from './targets.ts';
import { measureWorkload } from './workload.ts';

const PARTS: Record<Options['part'], (bench: Bench) => Promise<void>> = {
  ...{ workload: measureWorkload, growth: measureGrowth, postgres: measurePostgres },
  ...{ mechanisms: measureMechanisms, footprint: measureFootprint, search: measureSearch },
  overload: measureOverload,
};

async function run(options: Options): Promise<void> {
  if (options.part === 'postgres') postgresServer(process.env);
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

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(readFileSync(path.join(packageRoot, 'bench/usage.txt'), 'utf8').trim());
  else await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
