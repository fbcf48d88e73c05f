import { addressBlock } from '../kit/address-block.ts';
import type { Context } from '../kit/context.ts';
import type { Database } from '../kit/db/index.ts';
import { newId } from '../kit/ids.ts';
import type { Limiter } from '../kit/limiter.ts';
import { Loaders } from '../kit/loader.ts';
import { type Mail, NO_MAIL } from '../kit/mail.ts';
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
  /** Where absent, nobody gets any. */
  readonly mail?: Mail;
  /** The client's `User-Agent` header. */
  readonly userAgent?: string | undefined;
}

/**
 * The context of one request. Its time is taken once, here. Member by member: to spread the settings takes longer than
 * all the rest.
 */
export function makeContext(settings: ContextSettings): Context {
  const { db, siteUrl, policy, clock, viewer, address, limiter, mail = NO_MAIL, userAgent } = settings;
  const now = clock();
  return {
    db,
    siteUrl,
    policy,
    viewer,
    address,
    limiter,
    mail,
    userAgent: userAgent ?? null,
    countedAs: viewer ? `viewer ${viewer.id}` : `guest ${addressBlock(address)}`,
    now: () => now,
    newId: (at = now) => newId(at),
    loaders: new Loaders(db.read.together),
  };
}
