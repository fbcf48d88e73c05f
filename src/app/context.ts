import type { Context } from '../kit/context.ts';
import type { Database } from '../kit/db/index.ts';
import { newId } from '../kit/ids.ts';

export interface ContextSettings {
  readonly db: Database;
  readonly siteUrl: string;
  /** The server's clock. */
  readonly clock: () => Date;
}

/** The context of one request. Its time is taken once, here. */
export function makeContext({ db, siteUrl, clock }: ContextSettings): Context {
  const now = clock();
  return {
    db,
    siteUrl,
    viewer: null,
    now: () => now,
    newId: (at = now) => newId(at),
    loaders: new Map(),
  };
}
