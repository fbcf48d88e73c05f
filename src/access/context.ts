import type { Loaders } from '../graphql/execution/index.ts';
import type { RequestDatabase, TransactionOptions } from '../store/index.ts';
import type { Limiter } from './limiter.ts';
import type { Mailer } from './mailer.ts';
import type { PageUrls } from './page-urls.ts';
import type { Policy } from './policy.ts';
import type { ViewCounter } from './view-counter.ts';
import type { Viewer } from './viewer.ts';

/** What one request passes to resolvers, reads and writes. api/make-context.ts makes it once a request. */
export interface Context {
  readonly db: RequestDatabase;
  /** Null for a guest. */
  readonly viewer: Viewer | null;
  /** The forum's policy, which its operator sets. */
  readonly policy: Policy;
  /** The client's address, behind the proxies that the settings trust. */
  readonly address: string;
  /** The key by which rate limits count. Unlike `viewer`, it may be read without making the answer personal. */
  readonly countedAs: string;
  /** The client's `User-Agent` header. Null if it sends none. */
  readonly userAgent: string | null;
  /** Enforces the rate limits of viewers and addresses. */
  readonly limiter: Limiter;
  readonly mail: Mailer;
  /** Counts views of discussions. Null if views are not counted. */
  readonly viewCounter: ViewCounter | null;
  /** The deadline of the request, which its transactions heed. */
  readonly deadline: TransactionOptions;
  /** The time of the request. Every call returns the same time. */
  now(): Date;
  /** The age of an instant in words. A cached answer expires when these words change. */
  ago(at: number): string;
  /** Makes a row id that sorts by the given time, or by the time of the request. */
  newId(at?: Date): string;
  /** The base of this server's own URLs in answers, without a trailing slash. */
  readonly siteUrl: string;
  /** The URLs of the front end's pages. */
  readonly pages: PageUrls;
  /** The loaders of this request (graphql/loader.ts). A write clears them, because their values may be outdated. */
  readonly loaders: Loaders;
}
