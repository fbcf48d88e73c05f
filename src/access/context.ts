import type { Loaders } from '../graphql/execution/index.ts';
import type { Database } from '../store/index.ts';
import type { Limiter } from './limiter.ts';
import type { Mailer } from './mailer.ts';
import type { Policy } from './policy.ts';
import type { Viewer } from './viewer.ts';

/** What one request carries through resolvers, reads and writes. Made by api/make-context.ts, once a request. */
export interface Context {
  readonly db: Database;
  /** Null: a guest. */
  readonly viewer: Viewer | null;
  /** What this forum's operator has chosen for it. */
  readonly policy: Policy;
  /** The address that the request came from, as far as proxies are trusted to say. */
  readonly address: string;
  /** By what limits count who asks. Unlike `viewer`, to look at it does not make an answer one for this viewer alone. */
  readonly countedAs: string;
  /** What the client calls itself; null: it does not say. */
  readonly userAgent: string | null;
  /** Counts what viewers and addresses do against what they may do. */
  readonly limiter: Limiter;
  /** Sends e-mails. */
  readonly mail: Mailer;
  /** The request's time: the same at every call, so that one answer is of one moment. */
  now(): Date;
  /** How long before the request's time something was, in words; a cached answer is used until the words change. */
  ago(at: number): string;
  /** A fresh row id, carrying the given time or the request's. */
  newId(at?: Date): string;
  /** The base of the addresses that answers give, without a slash at its end. */
  readonly siteUrl: string;
  /** This request's loaders (graphql/loader.ts). A write clears them: what they read before it may be outdated. */
  readonly loaders: Loaders;
}
