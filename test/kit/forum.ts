import { readConfig } from '../../src/app/config.ts';
import { makeContext } from '../../src/app/context.ts';
import { createLog } from '../../src/app/log.ts';
import { buildSchema } from '../../src/app/schema.ts';
import { startServer } from '../../src/app/server.ts';
import { importDocument, seedIfEmpty } from '../../src/import/index.ts';
import type { Database, Engine } from '../../src/kit/db/index.ts';
import { newId } from '../../src/kit/ids.ts';
import { openTestDatabase } from './database.ts';

/** The moment at which the seed was captured: at this time its phrases print as they stand in its documents. */
export const CAPTURED_AT = new Date('2026-11-24T00:00:00Z');

export const SITE_URL = 'https://forum.example';

export interface Answer {
  // answers are asserted value by value; their types would be written twice
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test asks for
  readonly data: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly field?: string };
  }[];
}

/** A running server over a database of its own. */
export interface Forum {
  readonly db: Database;
  readonly url: string;
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Asks, and says how many statements reached the store. */
  count(query: string, variables?: Record<string, unknown>): Promise<{ answer: Answer; statements: number }>;
  /** Imports a thread document as of CAPTURED_AT. */
  load(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a forum: seeded from seed/, or empty. Its clock stands still at CAPTURED_AT. */
export async function openForum(engine: Engine, content: 'seeded' | 'empty'): Promise<Forum> {
  const opened = await openTestDatabase(engine);
  const { db } = opened;
  const clock = () => CAPTURED_AT;
  const log = createLog('silent');
  if (content === 'seeded') await seedIfEmpty({ db, newId });
  const server = await startServer({
    config: readConfig({ PORT: '0', SITE_URL, LOG_LEVEL: 'silent', PLAYGROUND: 'off' }),
    schema: buildSchema(),
    makeContext: async () => makeContext({ db, siteUrl: SITE_URL, clock }),
    log,
    ready: async () => null,
  });
  const ask = (query: string, variables: Record<string, unknown> = {}) => post(server.url, query, variables);
  return {
    db,
    url: server.url,
    ask,
    count: async (query, variables) => {
      let statements = 0;
      const stop = db.onStatement(() => {
        statements++;
      });
      const answer = await ask(query, variables);
      stop();
      return { answer, statements };
    },
    load: async (text) => {
      await importDocument({ db, newId }, text, { fileName: 'test.md', asOf: CAPTURED_AT });
    },
    close: async () => {
      await server.close();
      await opened.close();
    },
  };
}

async function post(url: string, query: string, variables: Record<string, unknown>): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}
