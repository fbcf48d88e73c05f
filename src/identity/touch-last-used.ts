import { change, type Database } from '../store/index.ts';

export interface TouchParts {
  readonly db: Database;
  readonly now: Date;
  /** How long a session lasts after its last use. */
  readonly sessionMs: number;
  /** Called if the time could not be written. */
  readonly onFault: (error: unknown) => void;
}

interface UsedCredential {
  readonly kind: 'SESSION' | 'API_KEY';
  readonly id: string;
  /** Null: never. */
  readonly lastUsedAt: number | null;
}

/** The resolution of `lastUsedAt`: a credential's row is written at most once in this time. */
export const TOUCH_EVERY_MS = 5 * 60 * 1000;

// conditional: another instance may have written it first, or have a clock that is ahead
const touchSession = change(
  'session.touch',
  'UPDATE session SET last_used_at = ?, expires_at = ? WHERE id = ? AND last_used_at <= ?',
  { table: 'session', sets: ['last_used_at', 'expires_at'], by: ['last_used_at', 'expires_at', 'id', null] },
);
const touchKey = change(
  'api_key.touch',
  'UPDATE api_key SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)',
  { table: 'api_key', sets: ['last_used_at'], by: ['last_used_at', 'id', null] },
);

/** The credentials that are being written. Of many requests at once only one writes. */
const inFlight = new Set<string>();

/** Updates when a session or key was last used, and extends the session. Throttled; the request does not wait for it. */
export function touchLastUsed(
  { db, now, sessionMs, onFault }: TouchParts,
  { kind, id, lastUsedAt }: UsedCredential,
): void {
  const threshold = new Date(now.getTime() - TOUCH_EVERY_MS);
  if ((lastUsedAt !== null && lastUsedAt > threshold.getTime()) || inFlight.has(id)) return;
  inFlight.add(id);
  db.transaction(async (tx) => {
    if (kind === 'API_KEY') await tx.run(touchKey, [now, id, threshold]);
    else await tx.run(touchSession, [now, new Date(now.getTime() + sessionMs), id, threshold]);
  })
    .catch(onFault)
    .finally(() => inFlight.delete(id));
}
