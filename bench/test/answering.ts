import { makeExecutableSchema } from '@graphql-tools/schema';
import { graphql } from 'graphql';
import { openFiles } from '../floor/files.ts';
import { floorOperations } from '../floor/server.ts';
import { peerOf } from '../peers/resolvers.ts';
import { typeDefs } from '../peers/type-defs.ts';
import { type Ask, graphqlBody, type Operation, operations, SITE_URL } from '../queries.ts';
import { buildSchema, DEFAULT_POLICY, makeContext, NO_LIMITS, openDatabase } from '../server-sources.ts';
import { viewerOf } from '../statements.ts';
import { createLog, readSettings, startServer } from './sources.ts';

/** Something that answers the workload from a file of its own. */
export interface Answering {
  /** The text of the answer. */
  answer(operation: Operation, ask: Ask): Promise<string>;
  close(): Promise<void>;
}

const authorizationOf = ({ token }: Ask) => (token === undefined ? undefined : `Bearer ${token}`);

/** The server itself, over HTTP, on a database of either engine. */
export async function serverOn(url: string): Promise<Answering> {
  const db = await openDatabase(url);
  const settings = readSettings({ PORT: '0', LOG_LEVEL: 'warn', SITE_URL });
  const server = await startServer({
    settings,
    schema: buildSchema(),
    makeContext: async ({ headers }) => {
      const { authorization } = headers;
      const viewer = await viewerOf(
        db,
        new Date(),
        authorization ? { token: authorization.slice(7), variables: {} } : { variables: {} },
      );
      return makeContext({
        ...{ db, siteUrl: SITE_URL, policy: DEFAULT_POLICY, viewer, address: '', limiter: NO_LIMITS },
        clock: () => new Date(),
      });
    },
    log: createLog(settings.logLevel),
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
