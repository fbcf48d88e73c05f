import type pg from 'pg';
import type { Database, Reader } from '../database.ts';
import { writtenPosition } from './log-position.ts';
import { BEYOND_ALL, type OwnWrites } from './own-writes.ts';
import type { Replicas } from './replicas.ts';

export interface ForActorParts {
  readonly base: Omit<Database, 'forActor'>;
  readonly primary: pg.Pool;
  readonly replicas: Replicas;
  readonly ownWrites: OwnWrites;
}

/**
 * `Database.forActor` where there are replicas. One request reads from one server, so that it does not go
 * back in time, until it writes: from then on it reads from the primary.
 */
export function forActor({ base, primary, replicas, ownWrites }: ForActorParts): Database['forActor'] {
  const of = async (actor: string | null): Promise<Database> => {
    const last = actor === null ? null : await ownWrites.lastOf(actor);
    let reader: Reader = replicas.readerAfter(last) ?? base.read;
    return {
      ...base,
      read: { all: (statement, params) => reader.all(statement, params) },
      transaction: async (work) => {
        reader = base.read;
        const result = await base.transaction(work);
        // it is done whatever this answers: where nobody can say how far the log is, nothing but the primary will do
        if (actor !== null)
          await ownWrites.note(actor, await writtenPosition(primary).catch(() => BEYOND_ALL));
        return result;
      },
      forActor: of,
    };
  };
  return of;
}
