import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/** Whoever sends a request with an API key. */
export interface Viewer {
  readonly id: string;
  readonly name: string | null;
}

const BY_KEY = `SELECT a.id, a.name FROM api_key k JOIN author a ON a.id = k.author_id
  WHERE k.hash = ? AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?)`;

/** Finds the author of an `Authorization` header. Throws where it names none: nobody writes here as a guest. */
export function viewers(db: Database): (authorization: string | undefined) => Viewer {
  const byKey = db.prepare<[string, number], Viewer>(BY_KEY);
  return (authorization = '') => {
    const hash = createHash('sha256')
      .update(authorization.replace(/^Bearer /, ''))
      .digest('hex');
    const viewer = byKey.get(hash, Date.now());
    if (!viewer) throw new Error('Nobody is signed in.');
    return viewer;
  };
}
