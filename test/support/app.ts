import { issueKeyForNewAuthor } from '../../src/identity/index.ts';
import { type App, createApp } from '../../src/server/app.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { newId } from '../../src/store/ids.ts';
import type { Database, Engine } from '../../src/store/index.ts';
import { type Fill, openTestDatabase } from './database.ts';
import { CAPTURED_AT } from './forum.ts';

export interface Sent {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test asks for
  readonly body: any;
}

/** Servers as an operator starts them, by their settings alone, over one database. */
export interface Apps {
  readonly databaseUrl: string;
  /** The same database, for what a test needs beforehand. */
  readonly db: Database;
  open(settings?: Readonly<Record<string, string>>): Promise<App>;
  /** A key of a new author. */
  key(name: string): Promise<string>;
  close(): Promise<void>;
}

/** `fill`: what the database has in it. If omitted, nothing. */
export async function openApps(engine: Engine = 'sqlite', fill?: Fill): Promise<Apps> {
  const database = await openTestDatabase(engine, fill);
  const apps: App[] = [];
  return {
    databaseUrl: database.url,
    db: database.db,
    open: async (settings = {}) => {
      // a busy machine must not look like an overload
      const quiet = { LOG_LEVEL: 'silent', PLAYGROUND: 'off', FRONT_END: 'off', OVERLOAD_WAIT_MS: '0' };
      const fixed = { PORT: '0', SEED: 'none', ...quiet };
      const app = await createApp(readSettings({ ...fixed, DATABASE_URL: database.url, ...settings }));
      apps.push(app);
      return app;
    },
    key: async (name) => {
      const author = { name, role: 'MEMBER', at: CAPTURED_AT } as const;
      return (await database.db.transaction((tx) => issueKeyForNewAuthor(tx, newId, author))).token;
    },
    close: async () => {
      for (const app of apps) await app.close();
      await database.close();
    },
  };
}

/** Sends one operation; `key`: whose. */
export async function send(
  app: App,
  query: string,
  {
    key,
    headers = {},
    variables = {},
  }: { key?: string; headers?: Record<string, string>; variables?: object } = {},
): Promise<Sent> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
