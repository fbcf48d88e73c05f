import { NO_LIMITS } from '../../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import type { ViewCounter } from '../../src/access/view-counter.ts';
import { makeContext } from '../../src/api/make-context.ts';
import { buildSchema } from '../../src/api/schema.ts';
import type { InvalidationChannel } from '../../src/cache/invalidation-channel.ts';
import { createResponseCache } from '../../src/cache/response-cache.ts';
import { authenticate } from '../../src/identity/index.ts';
import { createLog } from '../../src/log.ts';
import { startServer } from '../../src/server/server.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import type { Database, Engine } from '../../src/store/index.ts';
import { CAPTURED_AT, openForum, SITE_URL } from '../support/forum.ts';

/** A second server over a forum's database, which caches answers. */
export interface CachingServer {
  readonly url: string;
  /** The answer's text, and how many statements it took: none if it was cached. */
  ask(query: string, variables?: object, token?: string): Promise<{ text: string; statements: number }>;
  close(): Promise<void>;
}

/** There are no other instances. Without a channel a server forgets after a second, however busy the machine. */
const ALONE: InvalidationChannel = {
  publish: () => {},
  subscribe: () => {},
  isConnected: true,
  close: async () => true,
};

/** A forum, and a second server over it that caches answers. */
export async function openCaching(engine: Engine) {
  const forum = await openForum(engine, 'empty');
  const server = await startCaching(forum.db);
  return {
    forum,
    server,
    close: async () => {
      await server.close();
      await forum.close();
    },
  };
}

export async function startCaching(
  db: Database,
  channel: InvalidationChannel = ALONE,
  clock = () => CAPTURED_AT,
  viewCounter: ViewCounter | null = null,
): Promise<CachingServer> {
  const responseCache = createResponseCache({
    db,
    bytesMax: 8 * 1024 * 1024,
    channel,
    lagMs: 0,
    makingMsMax: 15_000,
  });
  const stop = db.onCommit(channel.publish);
  const server = await startServer({
    settings: readSettings({
      PORT: '0',
      SITE_URL,
      LOG_LEVEL: 'silent',
      PLAYGROUND: 'off',
      OVERLOAD_WAIT_MS: '0',
    }),
    schema: buildSchema(),
    makeContext: async ({ headers, ip }) => {
      const { sessionMs } = DEFAULT_POLICY;
      const { authorization } = headers;
      const viewer = await authenticate(
        { db, now: clock(), sessionMs, onFault: () => {} },
        { authorization },
      );
      const parts = { db, siteUrl: SITE_URL, policy: DEFAULT_POLICY, clock, viewer, address: ip };
      return makeContext({ ...parts, limiter: NO_LIMITS, userAgent: undefined, viewCounter });
    },
    log: createLog('silent'),
    responseCache,
    ready: async () => null,
  });
  return {
    url: server.url,
    ask: async (query, variables = {}, token) => {
      let statements = 0;
      const stop = db.onStatement(() => {
        statements++;
      });
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', accept: 'application/json' },
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      stop();
      return { text, statements };
    },
    close: async () => {
      await server.close();
      responseCache.close();
      stop();
    },
  };
}
