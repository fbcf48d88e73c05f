import { EventEmitter, once } from 'node:events';
import { Writable } from 'node:stream';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { onTestFinished } from 'vitest';
import { badInput, rateLimited, unauthenticated } from '../../src/access/errors.ts';
import { createLog } from '../../src/log.ts';
import { type RunningServer, type ServerParts, startServer } from '../../src/server/server.ts';
import { readSettings, type Settings } from '../../src/server/settings/settings.ts';

/** A door that a test opens: resolvers wait at it. */
export interface Gate {
  /** Resolves when so many have come to the gate. */
  reachedBy(count: number): Promise<void>;
  open(): void;
  wait(): Promise<string>;
}

function createGate(): Gate {
  const events = new EventEmitter();
  let waiting = 0;
  let isOpen = false;
  return {
    reachedBy: async (count) => {
      while (waiting < count) await once(events, 'come');
    },
    open: () => {
      isOpen = true;
      events.emit('open');
    },
    wait: async () => {
      waiting++;
      events.emit('come');
      if (!isOpen) await once(events, 'open');
      return 'open';
    },
  };
}

const typeDefs = /* GraphQL */ `
  directive @alone on FIELD_DEFINITION
  type Query {
    hello(name: String! = "you"): String!
    length(list: [Int!]!): Int!
    many(count: Int!): [String!]!
    waits: String
    refuses: String
    slowDown: String
    fails: String
    notANumber: Int
    address: String!
    requestId: String!
  }
  type Mutation {
    shout(word: String!): String!
    enter(word: String!): String! @alone
  }
`;

export interface TinyContext {
  readonly gate: Gate;
  readonly address: string;
  readonly requestId: string;
}

const resolvers = {
  Query: {
    hello: (_: unknown, { name }: { name: string }) => `Hello, ${name}`,
    length: (_: unknown, { list }: { list: number[] }) => list.length,
    many: (_: unknown, { count }: { count: number }) =>
      Array.from({ length: count }, (_, at) => `item ${at}`),
    waits: (_: unknown, __: unknown, context: TinyContext) => context.gate.wait(),
    refuses: () => {
      throw badInput('`list` is too long.', 'list');
    },
    slowDown: () => {
      throw rateLimited('Not so fast.', 7);
    },
    fails: () => {
      throw new Error('SELECT secret FROM /home/forum failed');
    },
    notANumber: () => 'eleven',
    address: (_: unknown, __: unknown, context: TinyContext) => context.address,
    requestId: (_: unknown, __: unknown, context: TinyContext) => context.requestId,
  },
  Mutation: {
    shout: (_: unknown, { word }: { word: string }) => word.toUpperCase(),
    enter: (_: unknown, { word }: { word: string }) => word,
  },
};

export interface TinyServer extends RunningServer {
  readonly gate: Gate;
  /** What was logged so far. */
  readonly lines: Record<string, unknown>[];
  /** Sends one operation as JSON. */
  query(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[];
  };
}

/** A server with a small schema of its own, on a free port; it is closed when the test ends. */
export async function startTiny(
  settings: Partial<Settings> = {},
  parts: Partial<Pick<ServerParts<TinyContext>, 'ready' | 'makeContext' | 'apolloPlugins'>> = {},
): Promise<TinyServer> {
  const gate = createGate();
  const lines: Record<string, unknown>[] = [];
  const server = await startServer<TinyContext>({
    settings: {
      ...readSettings({ PORT: '0', SHUTDOWN_SECONDS: '5', OVERLOAD_WAIT_MS: '0', FRONT_END: 'off' }),
      ...settings,
    },
    schema: makeExecutableSchema({ typeDefs, resolvers }),
    makeContext: (request) => {
      if (request.headers['authorization'] === 'nobody') throw unauthenticated('Nobody knows this key.');
      return { gate, address: request.ip, requestId: request.id };
    },
    log: createLog('info', collect(lines)),
    ready: async () => null,
    ...parts,
  });
  onTestFinished(async () => {
    gate.open();
    await server.close();
  });
  return { ...server, gate, lines, query: (...args) => ask(server.url, ...args) };
}

function collect(lines: Record<string, unknown>[]): Writable {
  return new Writable({
    write: (chunk, _encoding, done) => {
      for (const text of String(chunk).trim().split('\n')) {
        const line = JSON.parse(text);
        if (!String(line.msg).startsWith('Parley listens')) lines.push(line);
      }
      done();
    },
  });
}

async function ask(url: string, query: string, variables = {}, headers = {}): Promise<Answer> {
  return answerOf(
    await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    }),
  );
}

/** Reads a response as JSON. */
export async function answerOf(response: Response): Promise<Answer> {
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  };
}
