import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from '../access/context.ts';
import type { Database } from '../store/index.ts';
import { DependencyTracker, trackedContext } from './dependency-tracker.ts';
import type { InvalidationChannel } from './invalidation-channel.ts';
import { watchExternalWrites } from './recent-invalidations.ts';
import { TaggedCache } from './tagged-cache.ts';

/** The parts of a request that its cache key is made from. */
interface KeyedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: unknown;
}

export interface Answer {
  /** Encoded once if it is long. */
  readonly body: string | Buffer;
  readonly contentType: string;
}

/** A cached answer. */
export interface CachedAnswer extends Answer {
  /** Its body in a content coding, if it was compressed before. */
  compressed(encoding: string): Buffer | undefined;
  addCompressed(encoding: string, body: Buffer): void;
}

export interface CacheLookup {
  readonly key: string;
  /** Null if none is cached. */
  readonly answer: CachedAnswer | null;
}

interface Tracked<TContext> {
  readonly context: TContext;
  readonly tracker: DependencyTracker;
}

/**
 * Caches answers to guests' queries. Call `lookup` first. If it has no answer, call `track` and compute the answer with
 * the tracked context; if it is a query's answer without errors, call `store`.
 */
export interface ResponseCache<TContext> {
  /** Null if the answer to this request is never cached. */
  lookup(request: KeyedRequest): CacheLookup | null;
  track(context: TContext): Tracked<TContext>;
  store(lookup: CacheLookup, tracked: Tracked<TContext>, answer: Answer): void;
  close(): void;
}

interface ResponseCacheSettings {
  readonly db: Database;
  readonly bytesMax: number;
  /** Null if no other instance announces its writes. */
  readonly channel: InvalidationChannel | null;
  /** The maximum lag of a read behind the primary. */
  readonly lagMs: number;
  /** The maximum time that it takes to compute an answer. */
  readonly makingMsMax: number;
}

/** The maximum age of an answer. */
const AGE_MS_MAX = 3_600_000;
/** The maximum age while other instances may have written without our knowledge. */
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
      // only this header identifies the sender
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

/** Request headers that change the answer. */
const DECISIVE = ['accept', 'content-type', 'x-query-cost'];

/** Documents that begin with a mutation are never looked up. */
const MUTATION = /^\s*mutation\b/;

/** The cache key of a request: guests who send the same key get the same answer. Null if the answer is never cached. */
function requestKey({ method, url, headers, body }: KeyedRequest): string | null {
  const form = DECISIVE.map((name) => headers[name] ?? '').join('\n');
  if (method === 'GET') return `${form}\n${url}`;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { query, operationName, variables, extensions, ...more } = body as Record<string, unknown>;
  if (typeof query !== 'string' || Object.keys(more).length > 0) return null;
  // no extension changes the answer; Apollo Client sends its name and version in one. What is no object is refused
  if (extensions != null && (typeof extensions !== 'object' || Array.isArray(extensions))) return null;
  if (MUTATION.test(query)) return null;
  return `${form}\n${JSON.stringify([operationName ?? null, variables ?? null])}\n${query}`;
}
