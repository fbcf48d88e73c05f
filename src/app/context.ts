import type { Context } from '../kit/context.ts';
import type { Database } from '../kit/db/index.ts';
import { newId } from '../kit/ids.ts';
import type { Limiter } from '../kit/limiter.ts';
import { Loaders } from '../kit/loader.ts';
import type { Policy } from '../kit/policy.ts';
import type { Viewer } from '../kit/viewer.ts';

export interface ContextSettings {
  readonly db: Database;
  readonly siteUrl: string;
  readonly policy: Policy;
  /** The server's clock. */
  readonly clock: () => Date;
  readonly viewer: Viewer | null;
  /** The client's. */
  readonly address: string;
  readonly limiter: Limiter;
}

/** The context of one request. Its time is taken once, here. */
export function makeContext({ clock, ...settings }: ContextSettings): Context {
  const now = clock();
  return {
    ...settings,
    now: () => now,
    newId: (at = now) => newId(at),
    loaders: new Loaders(settings.db.read.together),
  };
}
