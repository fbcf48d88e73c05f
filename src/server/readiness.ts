import type { Clock } from '../access/clock.ts';
import { tryWrite } from '../access/try-write.ts';
import { type Database, unavailabilityOf } from '../store/index.ts';
import type { NotReady } from './http/health-routes.ts';

/** Less than /health/ready waits, so that the answer says what did not answer. */
const STEP_MS_MAX = 1_200;

/**
 * Returns a function that finds out whether the database can serve: whether it answers, has every migration, and takes
 * writes. Resolves to the reason if not, or to null. Never rejects. Several callers share one check.
 */
export function readinessOf(db: Database, clock: Clock): () => Promise<NotReady | null> {
  let running: { readonly result: Promise<NotReady | null>; late: NotReady } | null = null;
  const begin = () => {
    const check: { result: Promise<NotReady | null>; late: NotReady } = {
      late: 'DATABASE_UNREACHABLE',
      result: Promise.resolve(null),
    };
    const find = async (): Promise<NotReady | null> => {
      await db.ping();
      if (!(await db.migrationsApplied())) return 'MIGRATIONS_PENDING';
      check.late = 'DATABASE_LOCKED'; // it answers, so a write that gets no answer waits for a lock
      await tryWrite(db, clock());
      return null;
    };
    check.result = find()
      .catch((error): NotReady => unavailabilityOf(error) ?? 'DATABASE_UNREACHABLE')
      .finally(() => {
        running = null;
      });
    return check;
  };
  return async () => {
    running ??= begin();
    const check = running;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<NotReady>((resolve) => {
      timer = setTimeout(() => resolve(check.late), STEP_MS_MAX);
    });
    return Promise.race([check.result, late]).finally(() => clearTimeout(timer));
  };
}
