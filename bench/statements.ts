import { ApolloServer } from '@apollo/server';
import { makeContext } from '../src/app/context.ts';
import { buildSchema } from '../src/app/schema.ts';
import type { Context } from '../src/kit/context.ts';
import { openDatabase } from '../src/kit/db/index.ts';
import { NO_LIMITS } from '../src/kit/limiter.ts';
import { DEFAULT_POLICY } from '../src/kit/policy.ts';
import { floorOperations, openFloor } from './floor/server.ts';
import { type Operation, operations, SITE_URL, type Variables } from './queries.ts';

/** How many SQL statements one operation runs, in our server and in the floor. */
export interface StatementCounts {
  readonly server: number;
  readonly floor: number;
}

/** Counts in this process, with the server's own schema and reads. */
export async function countStatements(
  file: string,
  operation: Operation,
  variables: Variables,
): Promise<StatementCounts> {
  let floor = 0;
  const floorDb = openFloor(file, () => floor++);
  const answers = floorOperations(floorDb);
  floor = 0;
  answers[operation](variables);
  floorDb.close();

  const db = await openDatabase(`file:${file}`);
  let server = 0;
  db.onStatement(() => server++);
  const apollo = new ApolloServer<Context>({ schema: buildSchema() });
  const { body } = await apollo.executeOperation(
    { query: operations[operation], variables: { ...variables } },
    {
      contextValue: makeContext({
        db,
        siteUrl: SITE_URL,
        policy: DEFAULT_POLICY,
        clock: () => new Date(),
        viewer: null,
        address: '127.0.0.1',
        limiter: NO_LIMITS,
      }),
    },
  );
  await Promise.all([apollo.stop(), db.close()]);
  const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
  if (errors) throw new Error(`${operation}: ${errors[0]?.message}`);
  return { server, floor };
}
