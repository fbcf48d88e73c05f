import type { Touched } from './database.ts';
import { createListeners } from './listeners.ts';

/** Of which tables somebody hears what is touched; null: nobody hears of anything. */
export type Heard = ReadonlySet<string> | 'ALL' | null;

/** What a transaction has touched, in those tables that were heard of when it began. */
export interface Noted {
  readonly marks: Touched;
  readonly heard: Heard;
  /** Those of them that it has changed; absent: nobody can say. */
  readonly tables?: ReadonlySet<string>;
}

/** What one has touched that cannot say. */
export const EVERYTHING: Noted = { marks: 'ALL', heard: 'ALL' };

/** Who hears of commits, and of how much of them. */
export interface Commits {
  /** `tables`: changes in others need not be told, and mostly are not. Absent: all are. Returns a function that stops it. */
  listen(listener: (touched: Touched) => unknown, tables?: ReadonlySet<string>): () => void;
  readonly heard: Heard;
  /** As Listeners.tell. Whoever wants to hear of more than was noted hears ALL. */
  tell(noted: Noted): Promise<unknown> | undefined;
}

export function createCommits(): Commits {
  const { listen, tell } = createListeners<Noted>();
  const wanted = new Map<object, ReadonlySet<string> | 'ALL'>();
  let heard: Heard = null;
  const count = () => {
    const all = [...wanted.values()];
    const tables = all.flatMap((one) => (one === 'ALL' ? [] : [...one]));
    heard = all.length === 0 ? null : all.includes('ALL') ? 'ALL' : new Set(tables);
  };
  return {
    get heard() {
      return heard;
    },
    listen: (listener, tables) => {
      const stop = listen((noted) => {
        if (!covers(noted.heard, tables)) return listener('ALL');
        // most writes have nothing to do with somebody's few tables
        if (tables && noted.tables && !isAnyIn(noted.tables, tables)) return undefined;
        return listener(noted.marks);
      });
      wanted.set(stop, tables ?? 'ALL');
      count();
      return () => {
        wanted.delete(stop);
        count();
        stop();
      };
    },
    tell,
  };
}

function covers(heard: Heard, tables: ReadonlySet<string> | undefined): boolean {
  if (heard === 'ALL') return true;
  return tables !== undefined && heard !== null && [...tables].every((table) => heard.has(table));
}

function isAnyIn(some: ReadonlySet<string>, tables: ReadonlySet<string>): boolean {
  for (const one of some) if (tables.has(one)) return true;
  return false;
}
