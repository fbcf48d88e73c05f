import { ApolloServer } from '@apollo/server';
import type { Context } from '../src/access/context.ts';
import { NO_LIMITS } from '../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../src/access/policy.ts';
import { makeContext } from '../src/api/make-context.ts';
import { buildSchema } from '../src/api/schema.ts';
import { authenticate } from '../src/identity/index.ts';
import { openDatabase } from '../src/store/index.ts';
import { type Ask, type Operation, operations, SITE_URL } from './queries.ts';

/** Nobody has a session here: members write with keys. */
const SESSION_MS = 60_000;

const fail = (error: unknown) => {
  throw error;
};

/** How many SQL statements one request runs in our server: counted in this process, with its own schema and reads. */
export async function countOurStatements(url: string, operation: Operation, ask: Ask): Promise<number> {
  const db = await openDatabase(url);
  let count = 0;
  const apollo = new ApolloServer<Context>({ schema: buildSchema() });
  try {
    db.onStatement(() => count++);
    const now = new Date();
    const authorization = ask.token && `Bearer ${ask.token}`;
    const viewer = await authenticate(
      { db, lookups: db, now, sessionMs: SESSION_MS, onFault: fail },
      { authorization },
    );
    const { body } = await apollo.executeOperation(
      { query: operations[operation], variables: { ...ask.variables } },
      {
        contextValue: makeContext({
          db,
          siteUrl: SITE_URL,
          policy: DEFAULT_POLICY,
          clock: () => now,
          viewer,
          address: '127.0.0.1',
          limiter: NO_LIMITS,
        }),
      },
    );
    const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
    if (errors) throw new Error(`${operation}: ${errors[0]?.message}`);
    return count;
  } finally {
    await Promise.all([apollo.stop(), db.close()]);
  }
}
