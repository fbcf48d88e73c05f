import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerOf } from './equality.ts';
import type { Ran } from './probe.ts';
import { PARLEY_CACHED, PROBE } from './programs.ts';
import { type Bench, table } from './report.ts';
import { packageRoot } from './server-sources.ts';
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
      const { files, functions } = inSource(await server.ask<Ran>('what ran?'));
      rows.push([operation, files.size, functions]);
    }
    print(table(['operation', 'files of src/', 'functions'], rows));
  } finally {
    await server.stop();
  }
}

/** The files and functions of ours; a function of a package, or one that was made while it ran, is nobody's. */
function inSource(ran: Ran): { readonly files: ReadonlySet<string>; readonly functions: number } {
  const files = new Set<string>();
  let functions = 0;
  for (const { url, starts } of ran) {
    const file = fileURLToPath(url);
    if (!existsSync(`${file}.map`)) continue;
    const source = readFileSync(file, 'utf8');
    const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
    for (const start of starts) {
      const before = source.slice(0, start).split('\n');
      const entry = map.findEntry(before.length - 1, before.at(-1)?.length ?? 0);
      if (!('originalSource' in entry)) continue;
      const name = path.relative(packageRoot, path.resolve(path.dirname(file), entry.originalSource));
      if (!name.startsWith('src/') || name.startsWith('src/generated/')) continue;
      files.add(name);
      functions++;
    }
  }
  return { files, functions };
}
