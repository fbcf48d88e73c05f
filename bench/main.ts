import { assertSameAnswers } from './equality.ts';
import { generatedFile } from './generate/file.ts';
import { sizes } from './generate/sizes.ts';
import { measureGrowth } from './growth.ts';
import { startLoadGenerator } from './load/generator.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { startServer } from './processes.ts';
import { floorBody, graphqlBody, type Operation, SITE_URL } from './queries.ts';
import { growthTable, heading, operationTable } from './report.ts';
import { measure } from './rounds.ts';
import { countStatements } from './statements.ts';
import { chooseTargets } from './targets.ts';

const SEED = 1;
const CONNECTIONS = [1, 32];
const WARM_UP_SECONDS = 1;
const COMPARED = 20;
/** Its answers are of few kinds, so that little time tells enough. */
const GROWTH_SECONDS_MAX = 2;

async function bench(options: Options): Promise<void> {
  const file = await prepared(options);
  const targets = chooseTargets(file);
  const server = await startServer('/graphql', ['dist/main.js'], {
    DATABASE_URL: `file:${file}`,
    SEED: 'none',
    SITE_URL,
    LOG_LEVEL: 'warn',
    // the load comes from one address
    RATE_LIMITS: 'off',
  });
  const floor = await startServer('/', ['--import', 'tsx', 'bench/floor/main.ts'], { FLOOR_FILE: file });
  const load = startLoadGenerator();
  const timing = { rounds: options.rounds, seconds: options.seconds, warmUpSeconds: WARM_UP_SECONDS };
  try {
    console.log(heading(options));
    for (const operation of options.only) {
      const requests = targets.workload[operation];
      await assertSameAnswers(server.url, floor.url, operation, requests.slice(0, COMPARED));
      const contenders = [
        { name: 'floor', server: floor, bodies: requests.map((each) => floorBody(operation, each)) },
        { name: 'parley', server, bodies: requests.map((each) => graphqlBody(operation, each)) },
      ];
      const figures = [];
      for (const connections of CONNECTIONS) {
        figures.push(...(await measure(load, contenders, { ...timing, connections })));
      }
      const statements = await countStatements(file, operation, firstOf(operation));
      console.log(`\n${operationTable(operation, figures, statements)}`);
    }
    const growth = await measureGrowth(load, server, targets, {
      rounds: options.rounds,
      seconds: Math.min(options.seconds, GROWTH_SECONDS_MAX),
      warmUpSeconds: WARM_UP_SECONDS / 2,
      connections: 1,
    });
    for (const part of growth) console.log(`\n${growthTable(part)}`);
  } finally {
    load.stop();
    await Promise.all([server.stop(), floor.stop()]);
  }

  function firstOf(operation: Operation) {
    return operation === 'threadPage' ? targets.largestThread : (targets.workload[operation][0] ?? {});
  }
}

async function prepared({ size }: Options): Promise<string> {
  const start = performance.now();
  const file = await generatedFile(sizes[size], SEED);
  const seconds = (performance.now() - start) / 1000;
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
