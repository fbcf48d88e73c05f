import { authenticate, type HostAccounts, issueKeyForNewAuthor } from '../../src/account/index.ts';
import { readConfig } from '../../src/app/config.ts';
import { makeContext } from '../../src/app/context.ts';
import { createLog } from '../../src/app/log.ts';
import { buildSchema } from '../../src/app/schema.ts';
import { startServer } from '../../src/app/server.ts';
import { importDocument, seedIfEmpty } from '../../src/import/index.ts';
import type { Database, Engine } from '../../src/kit/db/index.ts';
import { globalId } from '../../src/kit/global-id.ts';
import { newId } from '../../src/kit/ids.ts';
import { NO_LIMITS } from '../../src/kit/limiter.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/kit/policy.ts';
import type { Role } from '../../src/kit/viewer.ts';
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
  /** Asks with a credential, good or not. */
  askWith(token: string, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Asks, and says how many statements reached the store. */
  count(query: string, variables?: Record<string, unknown>): Promise<{ answer: Answer; statements: number }>;
  /** Somebody who is signed in: one author a name. The cast is ada, ben and cleo (MEMBER), mod and vic (see ROLES). */
  as(name: string): Person;
  /** Sets the clock on; it stands still between. */
  wait(ms: number): void;
  /** Imports a thread document as of CAPTURED_AT. */
  load(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Somebody who asks with a key of their own. */
export interface Person {
  /** Their global id. */
  id(): Promise<string>;
  token(): Promise<string>;
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Sends one mutation with this input and answers its payload's selection, or the errors. */
  do(mutation: string, input: Record<string, unknown>, selection: string): Promise<Answer>;
}

/** The roles of those in the cast who are more than members. */
const ROLES: Readonly<Record<string, Role>> = {
  mod: 'MODERATOR',
  part: 'MODERATOR',
  vic: 'VENDOR',
  root: 'ADMIN',
};

/** Opens a forum: seeded from seed/, or empty. Its clock stands still at CAPTURED_AT. */
export async function openForum(
  engine: Engine,
  content: 'seeded' | 'empty',
  choices: Partial<Policy> = {},
  hosts: HostAccounts | null = null,
): Promise<Forum> {
  const policy = { ...DEFAULT_POLICY, ...choices };
  let waited = 0;
  const opened = await openTestDatabase(engine);
  const { db } = opened;
  const clock = () => new Date(CAPTURED_AT.getTime() + waited);
  const log = createLog('silent');
  if (content === 'seeded') await seedIfEmpty({ db, newId });
  const server = await startServer({
    config: readConfig({ PORT: '0', SITE_URL, LOG_LEVEL: 'silent', PLAYGROUND: 'off' }),
    schema: buildSchema(),
    makeContext: async ({ headers, ip }) => {
      const viewer = await authenticate(
        { db, now: clock(), hosts },
        { authorization: headers['authorization'] },
      );
      const limiter = NO_LIMITS;
      return makeContext({ db, siteUrl: SITE_URL, policy, clock, viewer, address: ip, limiter });
    },
    log,
    ready: async () => null,
  });
  const ask = (query: string, variables: Record<string, unknown> = {}) => post(server.url, query, variables);
  const cast = new Map<string, Person>();
  const person = (name: string): Person => {
    const key = once(() =>
      db.transaction((tx) => {
        const role = ROLES[name] ?? 'MEMBER';
        return issueKeyForNewAuthor(tx, newId, { name, role, at: CAPTURED_AT });
      }),
    );
    const askAs: Person['ask'] = async (query, variables = {}) =>
      post(server.url, query, variables, (await key()).token);
    return {
      id: async () => globalId('Author', (await key()).authorId),
      token: async () => (await key()).token,
      ask: askAs,
      do: (mutation, input, selection) => {
        const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
        return askAs(`mutation ($input: ${type}) { ${mutation}(input: $input) { ${selection} } }`, { input });
      },
    };
  };
  return {
    db,
    url: server.url,
    ask,
    askWith: (token, query, variables = {}) => post(server.url, query, variables, token),
    as: (name) => {
      const known = cast.get(name) ?? person(name);
      cast.set(name, known);
      return known;
    },
    wait: (ms) => {
      waited += ms;
    },
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

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function post(
  url: string,
  query: string,
  variables: Record<string, unknown>,
  token?: string,
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', accept: 'application/json' },
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}
