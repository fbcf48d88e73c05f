import { buildContenders } from './built.ts';
import { chart } from './chart.ts';
import { measureColdStarts } from './cold-start.ts';
import { FLOOR, FLOOR_ONE_BY_ONE, PARLEY, PARLEY_REUSING, start } from './contenders.ts';
import { makeCopies } from './copies.ts';
import { writeChart, writeTables } from './document.ts';
import type { Running } from './equality.ts';
import { generatedFile } from './generate/file.ts';
import { sizes } from './generate/sizes.ts';
import { measureGrowth } from './growth.ts';
import { type LoadGenerator, startLoadGenerator } from './load/generator.ts';
import { measureMembers } from './members.ts';
import { measureMemory } from './memory.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { preparePeers } from './peers.ts';
import { measurePostgres } from './postgres.ts';
import { postgresServer, redisServer } from './postgres-server.ts';
import { measureProfiles } from './profile/measure.ts';
import { profileTables } from './profile/table.ts';
import {
  coldStartTable,
  enginesTable,
  growthTable,
  heading,
  membersTable,
  memoryTable,
  operationTable,
} from './report.ts';
import { chooseTargets } from './targets.ts';
import { countStatements, measureOperation, type Outcome } from './workload.ts';

const SEED = 1;
const WARM_UP_SECONDS = 1;
const COLD_STARTS = 5;

async function bench(options: Options): Promise<void> {
  const { part } = options;
  const server = part === 'postgres' || part === 'members' ? postgresServer(process.env) : '';
  const redis = part === 'members' ? redisServer(process.env) : '';
  const generated = await prepared(options);
  await buildContenders();
  const load = startLoadGenerator();
  const tables: string[] = [];
  const print = (text: string) => {
    tables.push(text);
    console.log(`${text}\n`);
  };
  try {
    print(heading(options));
    if (part === 'postgres') await postgres(load, generated, server, options, print);
    else if (part === 'members')
      print(membersTable(await measureMembers(load, generated, { server, redis }, timingOf(options))));
    else if (part === 'growth') await growth(load, generated, options, print);
    else if (part === 'memory')
      print(memoryTable(await measureMemory(load, generated, options.minutes), options));
    else if (part === 'profile')
      for (const table of profileTables(await measureProfiles(load, generated, options))) print(table);
    else await workload(load, generated, options, print);
  } finally {
    load.stop();
  }
  if (options.write) writeTables(part, tables);
}

async function workload(
  load: LoadGenerator,
  generated: string,
  options: Options,
  print: (text: string) => void,
): Promise<void> {
  const peers = options.peers ? preparePeers() : { programs: [], missing: [] };
  const programs = [FLOOR, FLOOR_ONE_BY_ONE, PARLEY, PARLEY_REUSING, ...peers.programs];
  const copies = await makeCopies(generated);
  const running: Running[] = [];
  try {
    const targets = chooseTargets(copies.file, copies.tokens);
    const statements = await countStatements(programs, copies, options.only, targets);
    const everywhere = programs.filter((one) => one.takes('threadPage') && one !== PARLEY_REUSING);
    const [ask = { variables: {} }] = targets.workload.threadPage;
    print(coldStartTable(await measureColdStarts(everywhere, copies.another(), ask, COLD_STARTS)));
    for (const program of programs) running.push({ program, server: await start(program, copies.another()) });
    const timing = timingOf(options);
    const outcomes: Outcome[] = [];
    for (const operation of options.only) {
      const figures = await measureOperation(load, running, operation, targets, timing);
      const outcome = { operation, figures, statements: statements.get(operation) ?? new Map() };
      outcomes.push(outcome);
      print(operationTable(outcome));
    }
    if (peers.missing.length > 0) print(peers.missing.map((line) => `- ${line}`).join('\n'));
    if (options.write) writeChart(chart(outcomes));
  } finally {
    await Promise.all(running.map(({ server }) => server.stop()));
    copies.remove();
  }
}

async function growth(
  load: LoadGenerator,
  generated: string,
  options: Options,
  print: (text: string) => void,
): Promise<void> {
  const timing = { ...timingOf(options), connections: 1 };
  for (const part of await measureGrowth(load, generated, SEED, options, timing)) print(growthTable(part));
}

function postgres(
  load: LoadGenerator,
  generated: string,
  server: string,
  options: Options,
  print: (text: string) => void,
): Promise<void> {
  return measurePostgres(load, generated, server, options, timingOf(options), {
    onSettings: (settings) => print(`${settings}.`),
    onOutcome: (outcome) => print(enginesTable(outcome)),
  });
}

function timingOf({ rounds, seconds }: Options) {
  return { rounds, seconds, warmUpSeconds: Math.min(WARM_UP_SECONDS, seconds) };
}

async function prepared({ size }: Options): Promise<string> {
  const startedAt = performance.now();
  const file = await generatedFile(sizes[size], SEED);
  const seconds = (performance.now() - startedAt) / 1000;
  if (seconds > 1)
    console.error(`Generated the data in ${seconds.toFixed(0)} s; the next run uses them again.`);
  return file;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else await bench(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
