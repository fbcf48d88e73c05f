import { change, type Database } from '../store/index.ts';
import { USE_NOTED_EVERY_MS } from './account-limits.ts';

export interface NoteParts {
  readonly db: Database;
  readonly now: Date;
  /** How long a session lasts after its last use. */
  readonly sessionMs: number;
  /** Told of a note that could not be written. */
  readonly onFault: (error: unknown) => void;
}

export interface Used {
  readonly kind: 'SESSION' | 'API_KEY';
  readonly id: string;
  /** Null: not yet. */
  readonly lastUsedAt: number | null;
}

// whoever was faster, or whoever's clock is ahead, has noted it: then nothing is changed
const noteSession = change(
  'session.noteUse',
  'UPDATE session SET last_used_at = ?, expires_at = ? WHERE id = ? AND last_used_at <= ?',
);
const noteKey = change(
  'api_key.noteUse',
  'UPDATE api_key SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)',
);

/** Those whose note is being written: of many requests at once one writes it. */
const underWay = new Set<string>();

/** Notes that a session or key was used, and puts the session's end off; seldom, and behind the request's back. */
export function touchLastUsed(
  { db, now, sessionMs, onFault }: NoteParts,
  { kind, id, lastUsedAt }: Used,
): void {
  const before = new Date(now.getTime() - USE_NOTED_EVERY_MS);
  if ((lastUsedAt !== null && lastUsedAt > before.getTime()) || underWay.has(id)) return;
  underWay.add(id);
  db.transaction(async (tx) => {
    if (kind === 'API_KEY') await tx.run(noteKey, [now, id, before]);
    else await tx.run(noteSession, [now, new Date(now.getTime() + sessionMs), id, before]);
  })
    .catch(onFault)
    .finally(() => underWay.delete(id));
}
