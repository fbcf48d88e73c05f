import { addressBlock } from '../access/address-block.ts';
import type { Context } from '../access/context.ts';
import type { Limiter } from '../access/limiter.ts';
import { type Mailer, NO_MAILER } from '../access/mailer.ts';
import { defaultPageUrls, type PageUrls } from '../access/page-urls.ts';
import type { Policy } from '../access/policy.ts';
import type { ViewCounter } from '../access/view-counter.ts';
import type { Viewer } from '../access/viewer.ts';
import { Loaders } from '../graphql/execution/index.ts';
import { withTextBudget } from '../graphql/text-budget.ts';
import { newId, type RequestDatabase, type TransactionOptions } from '../store/index.ts';
import { ago } from '../text/relative-time.ts';

interface ContextSettings {
  readonly db: RequestDatabase;
  readonly siteUrl: string;
  /** The URLs of the front end's pages. If omitted, they are below `siteUrl`. */
  readonly pages?: PageUrls;
  readonly policy: Policy;
  readonly clock: () => Date;
  readonly viewer: Viewer | null;
  /** The client's address. */
  readonly address: string;
  readonly limiter: Limiter;
  /** The maximum size of the answer, which bounds what is read for it. If omitted, there is none. */
  readonly answerBytesMax?: number;
  /** If omitted, no e-mails are sent. */
  readonly mail?: Mailer;
  /** If omitted, views are not counted. */
  readonly viewCounter?: ViewCounter | null;
  /** The client's `User-Agent` header. */
  readonly userAgent?: string | undefined;
  /** If omitted, the request has no deadline. */
  readonly deadline?: TransactionOptions;
}

const NO_DEADLINE: TransactionOptions = {};

/**
 * The context of one request, with its time. Members are copied one by one, because a spread takes longer than all the
 * rest.
 */
export function makeContext(settings: ContextSettings): Context {
  const { siteUrl, policy, clock, viewer, address, limiter, mail = NO_MAILER, userAgent } = settings;
  const { pages = defaultPageUrls(siteUrl), deadline = NO_DEADLINE, answerBytesMax = Infinity } = settings;
  const { viewCounter = null } = settings;
  const db = withTextBudget(settings.db, answerBytesMax);
  const now = clock();
  return {
    db,
    siteUrl,
    pages,
    policy,
    viewer,
    address,
    limiter,
    mail,
    viewCounter,
    deadline,
    userAgent: userAgent ?? null,
    countedAs: viewer ? `viewer ${viewer.id}` : `guest ${addressBlock(address)}`,
    now: () => now,
    ago: (at) => ago(at, now),
    newId: (at = now) => newId(at),
    loaders: new Loaders({ around: db.read.together }),
  };
}
