import { makeExecutableSchema } from '@graphql-tools/schema';
import { graphql } from 'graphql';
import { openFiles } from '../../bench/floor/files.ts';
import { floorOperations } from '../../bench/floor/server.ts';
import { peerOf } from '../../bench/peers/resolvers.ts';
import { typeDefs } from '../../bench/peers/type-defs.ts';
import { type Ask, graphqlBody, type Operation, operations, SITE_URL } from '../../bench/queries.ts';
import { NO_LIMITS } from '../../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import { makeContext } from '../../src/api/make-context.ts';
import { buildSchema } from '../../src/api/schema.ts';
import { authenticate } from '../../src/identity/index.ts';
import { createLog } from '../../src/log.ts';
import { startServer } from '../../src/server/server.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { openDatabase } from '../../src/store/index.ts';

/** Something that answers the workload from a file of its own. */
export interface Answering {
  /** The text of the answer. */
  answer(operation: Operation, ask: Ask): Promise<string>;
  close(): Promise<void>;
}

const authorizationOf = ({ token }: Ask) => (token === undefined ? undefined : `Bearer ${token}`);

const fail = (error: unknown) => {
  throw error;
};

/** The server itself, over HTTP, on a database of either engine. */
export async function serverOn(url: string): Promise<Answering> {
  const db = await openDatabase(url);
  const config = readSettings({ PORT: '0', LOG_LEVEL: 'warn', SITE_URL });
  const server = await startServer({
    config,
    schema: buildSchema(),
    makeContext: async ({ headers }) => {
      const { authorization } = headers;
      const viewer = await authenticate(
        { db, lookups: db, now: new Date(), sessionMs: 60_000, onFault: fail },
        { authorization },
      );
      return makeContext({
        ...{ db, siteUrl: SITE_URL, policy: DEFAULT_POLICY, viewer, address: '', limiter: NO_LIMITS },
        clock: () => new Date(),
      });
    },
    log: createLog(config.logLevel),
    ready: async () => null,
  });
  return {
    answer: async (operation, ask) => {
      const authorization = authorizationOf(ask);
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        body: graphqlBody(operation, ask.variables),
      });
      return response.text();
    },
    close: async () => {
      await server.close();
      await db.close();
    },
  };
}

/** What the floor answers. */
export function floorOn(file: string): Answering {
  const files = openFiles(file);
  const answers = floorOperations(files);
  return {
    answer: async (operation, ask) =>
      JSON.stringify({ data: await answers[operation](ask.variables, authorizationOf(ask)) }),
    close: async () => files.close(),
  };
}

/** What the hand-written peers answer: their schema and resolvers, without the servers in front. */
export function peerOn(file: string): Answering {
  const files = openFiles(file);
  const { resolvers, context } = peerOf(files);
  const schema = makeExecutableSchema({ typeDefs, resolvers });
  return {
    answer: async (operation, ask) =>
      JSON.stringify(
        await graphql({
          schema,
          source: operations[operation],
          variableValues: { ...ask.variables },
          contextValue: context(authorizationOf(ask)),
        }),
      ),
    close: async () => files.close(),
  };
}
