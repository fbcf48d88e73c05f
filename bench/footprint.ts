import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { answerOf } from './equality.ts';
import type { Ran } from './probe.ts';
import { PARLEY_CACHED, PROBE } from './programs.ts';
import { type Bench, table } from './report.ts';
import { start } from './servers.ts';

const WARM_UP = 200;
const OPERATIONS = ['threadPage', 'addComment'] as const;

/**
 * Counts the files and the named functions of src/ that run for one request of a server that is warm, by V8's coverage;
 * what is only passed on as an argument has no name.
 */
export async function measureFootprint({ copies, print }: Bench): Promise<void> {
  const server = await start(PARLEY_CACHED, copies.another(), PROBE);
  try {
    const rows: (string | number)[][] = [];
    for (const operation of OPERATIONS) {
      const asks = copies.targets.workload[operation];
      // asked last, and for the first time: nothing of its answer is cached
      const [last, ...others] = asks.slice(0, WARM_UP);
      const before = others.filter(
        ({ variables }) => variables.id === undefined || variables.id !== last?.variables.id,
      );
      for (const ask of before) await answerOf(server, operation, ask);
      await server.ask<Ran>('forget');
      if (last) await answerOf(server, operation, last);
      rows.push([operation, ...inSource(await server.ask<Ran>('what ran?'))]);
    }
    print(table(['operation', 'files of src/', 'functions'], rows));
  } finally {
    await server.stop();
  }
}

/** The files and functions of ours: before each module's code, the bundler names it in a comment. */
function inSource(ran: Ran) {
  const modules = ran.flatMap(({ url, starts }) => {
    const bundle = readFileSync(fileURLToPath(url), 'utf8');
    return starts.map(
      (start) => /^\/\/ (\S+)$/m.exec(bundle.slice(bundle.lastIndexOf('\n// ', start) + 1))?.[1],
    );
  });
  const ours = modules.filter((name) => name?.startsWith('src/') && !name.startsWith('src/generated/'));
  return [new Set(ours).size, ours.length];
}
