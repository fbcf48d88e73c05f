import type { Context } from '../access/context.ts';
import type { Database } from '../store/index.ts';
import { DependencyTracker, trackedContext } from './dependency-tracker.ts';
import { watchExternalWrites } from './external-writes.ts';
import type { InvalidationChannel } from './invalidation-channel.ts';
import { type KeyedRequest, requestKey } from './request-key.ts';
import { TaggedCache } from './tagged-cache.ts';

export interface Answer {
  /** Bytes if it is long: it need not be encoded each time that it is sent. */
  readonly body: string | Buffer;
  readonly contentType: string;
}

/** An answer that was stored. */
export interface CachedAnswer extends Answer {
  /** Its body in a content coding, if it has been sent so before. */
  compressed(encoding: string): Buffer | undefined;
  addCompressed(encoding: string, body: Buffer): void;
}

export interface CacheLookup {
  readonly key: string;
  /** Null: there is none yet. */
  readonly answer: CachedAnswer | null;
}

export interface Tracked<TContext> {
  readonly context: TContext;
  readonly tracker: DependencyTracker;
}

/**
 * Answers of guests' queries, used again while they would be the same. In this order: `lookup`; if that has no answer,
 * `track`, and make the answer with the context that it gives; if it is a query's answer without errors, `store`.
 */
export interface ResponseCache<TContext> {
  /** Null: the answer to this request is not cached. */
  lookup(request: KeyedRequest): CacheLookup | null;
  track(context: TContext): Tracked<TContext>;
  store(lookup: CacheLookup, tracked: Tracked<TContext>, answer: Answer): void;
  close(): void;
}

export interface ResponseCacheSettings {
  readonly db: Database;
  readonly bytesMax: number;
  /** Null: no other instance says what it writes. */
  readonly channel: InvalidationChannel | null;
  /** How far behind the primary a read may be. */
  readonly lagMs: number;
  /** How long an answer may take to be made. */
  readonly makingMsMax: number;
}

/** An answer is made again at least this often. */
const AGE_MS_MAX = 3_600_000;
/** The same while another instance may have written without our knowledge. */
const UNSURE_AGE_MS_MAX = 1000;

export function createResponseCache({
  db,
  channel,
  ...settings
}: ResponseCacheSettings): ResponseCache<Context> {
  const dropExternal = watchExternalWrites(db, () => cache.invalidate('ALL'));
  const isSure = () => dropExternal !== null || channel?.isConnected === true;
  const cache = new TaggedCache<CachedAnswer>({
    ...settings,
    ageMsMax: () => (isSure() ? AGE_MS_MAX : UNSURE_AGE_MS_MAX),
  });
  const stop = db.onCommit((tags) => cache.invalidate(tags));
  channel?.subscribe((tags) => cache.invalidate(tags));
  return {
    lookup: (request) => {
      // whoever signs in does so by this header
      const key = request.headers.authorization === undefined ? requestKey(request) : null;
      if (key === null) return null;
      dropExternal?.();
      const answer = cache.find(key);
      return answer !== null || cache.isWorthStoring(key) ? { key, answer } : null;
    },
    track: (context) => {
      const tracker = new DependencyTracker(cache.now());
      return { context: trackedContext(context, tracker), tracker };
    },
    store: ({ key }, { tracker }, answer) => {
      if (!tracker.isComplete) return;
      const bytes = typeof answer.body === 'string' ? 2 * answer.body.length : answer.body.length;
      cache.store(key, tracker, cachedAnswer(cache, key, answer, new Map()), bytes);
    },
    close: stop,
  };
}

function cachedAnswer(
  cache: TaggedCache<CachedAnswer>,
  key: string,
  { body, contentType }: Answer,
  forms: ReadonlyMap<string, Buffer>,
): CachedAnswer {
  const answer: CachedAnswer = {
    ...{ body, contentType },
    compressed: (encoding) => forms.get(encoding),
    addCompressed: (encoding, form) => {
      const more = cachedAnswer(cache, key, answer, new Map([...forms, [encoding, form]]));
      cache.replace(key, answer, more, form.length);
    },
  };
  return answer;
}
