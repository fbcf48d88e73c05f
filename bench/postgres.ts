import { ON_POSTGRES, ON_SQLITE, start } from './contenders.ts';
import { makeCopies } from './copies.ts';
import type { Running } from './equality.ts';
import type { LoadGenerator } from './load/generator.ts';
import type { Options } from './options.ts';
import { moveToServer } from './postgres-server.ts';
import type { Timing } from './rounds.ts';
import { countOurStatements } from './statements.ts';
import { chooseTargets } from './targets.ts';
import { askToCount, measureOperation, type Outcome } from './workload.ts';

/** What the part tells while it goes on. */
export interface Told {
  onSettings(settings: string): void;
  onOutcome(outcome: Outcome): void;
}

/**
 * Measures this server on SQLite and on PostgreSQL in turn, with the same forum: the SQLite file is moved to a new
 * database on `server`, which is dropped at the end.
 */
export async function measurePostgres(
  load: LoadGenerator,
  generated: string,
  server: string,
  { only }: Options,
  timing: Omit<Timing, 'connections'>,
  { onSettings, onOutcome }: Told,
): Promise<void> {
  const copies = await makeCopies(generated);
  const moved = await moveToServer(copies.file, server).catch((error) => {
    copies.remove();
    throw error;
  });
  const running: Running[] = [];
  try {
    onSettings(moved.settings);
    const targets = chooseTargets(copies.file, copies.tokens);
    const places = [
      { program: ON_SQLITE, place: copies.another() },
      { program: ON_POSTGRES, place: moved.url },
    ];
    const counts = new Map(only.map((operation) => [operation, new Map<string, number>()]));
    for (const operation of only)
      for (const { program, place } of places) {
        // both count on what is measured after: a comment more is a comment more on both
        const url = program.env(place)['DATABASE_URL'] ?? '';
        const count = await countOurStatements(url, operation, askToCount(operation, targets));
        counts.get(operation)?.set(program.name, count);
      }
    for (const { program, place } of places) {
      const started = await start(program, place);
      const databaseCpuSeconds = program === ON_POSTGRES ? moved.cpuSeconds : undefined;
      running.push({ program, server: { ...started, ...(databaseCpuSeconds && { databaseCpuSeconds }) } });
    }
    for (const operation of only) {
      const figures = await measureOperation(load, running, operation, targets, timing);
      onOutcome({ operation, figures, statements: counts.get(operation) ?? new Map() });
    }
  } finally {
    await Promise.all(running.map((one) => one.server.stop()));
    await moved.remove();
    copies.remove();
  }
}
