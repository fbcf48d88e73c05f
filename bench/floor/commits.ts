import type { Database } from 'better-sqlite3';

/** Runs writes in durable transactions; the promise resolves when the disk has it. */
export type Commits = <T>(work: () => T) => Promise<T>;

/** Each write is a transaction of its own, with its own wait for the disk. */
export function oneByOne(db: Database): Commits {
  return async (work) => db.transaction(work).immediate();
}

interface Waiting {
  /** Does the work; answers how to tell its sender once the group is on the disk. */
  run(): () => void;
  reject(error: unknown): void;
}

/** All writes that have come in one turn of the event loop share one transaction and one wait for the disk. */
export function together(db: Database): Commits {
  let waiting: Waiting[] = [];
  const commit = () => {
    const group = waiting;
    waiting = [];
    try {
      const acknowledged = db.transaction(() => group.map((one) => member(db, one))).immediate();
      for (const acknowledge of acknowledged) acknowledge();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  return (work) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(commit);
      const run = () => {
        const result = work();
        return () => resolve(result);
      };
      waiting.push({ run, reject });
    });
}

/** A savepoint: what one member throws undoes that member's part alone. */
function member(db: Database, { run, reject }: Waiting): () => void {
  try {
    return db.transaction(run)();
  } catch (error) {
    return () => reject(error);
  }
}
