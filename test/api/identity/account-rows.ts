import { type Database, statement } from '../../../src/store/index.ts';
import type { Forum } from '../../support/forum.ts';

/** A password that nobody else has. */
export const PASSWORD = 'three tall giraffes';

const TABLES = [
  'account',
  'author',
  'session',
  'api_key',
  'mail_token',
  'queued_email',
  'idempotency_key',
] as const;
const counts = TABLES.map((table) =>
  statement<{ count: number }>(`test.count ${table}`, `SELECT count(*) AS "count" FROM ${table}`),
);

/** The number of rows of each table that signing in writes to. */
export async function rowCounts(db: Database): Promise<Record<(typeof TABLES)[number], number>> {
  const found = await Promise.all(counts.map(async (count) => (await db.read.all(count, []))[0]?.count));
  return Object.fromEntries(TABLES.map((table, i) => [table, found[i]])) as Record<
    (typeof TABLES)[number],
    number
  >;
}

const everything = TABLES.map((table) =>
  statement<Record<string, unknown>>(`test.all of ${table}`, `SELECT * FROM ${table} ORDER BY 1, 2`),
);

/** All of these rows as one text. Equal texts mean that nothing was written, apart from the last use of a credential. */
export async function rowsAsText(db: Database): Promise<string> {
  const rows = await Promise.all(everything.map((all) => db.read.all(all, [])));
  return JSON.stringify(rows, (name, value: unknown) => (name === 'last_used_at' ? undefined : value));
}

let people = 0;

/** A new person with an account, signed in. */
export async function newcomer(
  forum: Forum,
  input: Record<string, unknown> = {},
): Promise<{ email: string; token: string; sessionId: string; authorId: string }> {
  const email = `person-${++people}@example.com`;
  const answer = await forum.do(
    'createAccount',
    { email, password: PASSWORD, name: `Person ${people}`, ...input },
    'token author { id } session { id }',
  );
  const { token, author, session } = answer.data.createAccount;
  await forum.emails(); // its confirmation is sent, and so in no later difference of rows
  return { email, token, authorId: author.id, sessionId: session.id };
}

export const VIEWER = '{ viewer { author { id name } } }';
