// Random histories of what people do about accounts at once: passwords, sessions, e-mails and keys. Nothing here knows
// which of two that race wins: only what must be so whichever does.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Database, statement } from '../../src/store/index.ts';
import { engines } from '../support/database.ts';
import { type Answer, type Forum, openForum } from '../support/forum.ts';
import {
  ACCOUNT_ACTIONS,
  type AccountAction,
  beginAccounts,
  type KnownAccounts,
  learnAccounts,
  learnEmailTokens,
  NEW_PASSWORDS,
} from './account-actions.ts';
import { dump } from './dump.ts';
import { endsAlike } from './ends-alike.ts';
import { brokenAtRest } from './invariants.ts';

/** What a step may be refused with: rules that hold. Anything else is a fault. */
const REFUSALS = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'BAD_USER_INPUT',
  'INVALID_CREDENTIALS',
];

interface Step {
  readonly action: AccountAction;
  /** Whose credential, and which input. */
  readonly numbers: readonly number[];
  /** Sent so many times at once under one idempotency key; 0: once and without a key. */
  readonly repeats: number;
}

const WEIGHTED = ACCOUNT_ACTIONS.flatMap((action) => Array.from({ length: action.weight }, () => action));
const step: fc.Arbitrary<Step> = fc
  .record({
    action: fc.constantFrom(...WEIGHTED),
    numbers: fc.array(fc.nat({ max: 997 }), { minLength: 4, maxLength: 4 }),
    repeats: fc.constantFrom(0, 0, 0, 2),
  })
  .map((one) => ({
    ...one,
    [fc.toStringMethod]: () => `${one.action.mutation} ${one.numbers}${one.repeats > 0 ? ' x2' : ''}`,
  }));

interface Taken {
  readonly action: AccountAction;
  readonly input: Record<string, string>;
  /** Of the session that it came with; undefined: it came with none. */
  readonly sessionId: string | undefined;
  readonly answer: Answer;
}

let keys = 0;

async function take(forum: Forum, known: KnownAccounts, { action, numbers, repeats }: Step): Promise<Taken> {
  let thrown = 0;
  const of = <T>(choices: readonly T[]) =>
    choices[(numbers[thrown++ % numbers.length] ?? 0) % choices.length] as T;
  const credential = of([...known.sessions, ...known.apiKeys]);
  const input = action.input(of, known) as Record<string, string>;
  const keyed = { ...input, ...(repeats > 0 && { idempotencyKey: `a step of a history ${++keys}` }) };
  const token = action.by === 'OWNER' ? credential.token : undefined;
  const answers = await Promise.all(
    Array.from({ length: Math.max(1, repeats) }, () =>
      forum.do(action.mutation, keyed, action.returns, token),
    ),
  );
  for (const { errors = [] } of answers)
    for (const error of errors)
      expect(REFUSALS, JSON.stringify({ error, action, input })).toContain(error.extensions.code);
  const answer = answers.find(({ errors }) => !errors) ?? (answers[0] as Answer);
  const sessionId = token && known.sessions.find((one) => one.token === token)?.id;
  return { action, input, sessionId, answer };
}

/** The sessions and keys that are over, whatever else was done at the same time. */
function endedBy(known: KnownAccounts, { action, input, sessionId, answer }: Taken): string[] {
  if (answer.errors) return [];
  const sessionsOf = (id: string) =>
    known.sessions.filter(({ authorId }) => authorId === id).map((session) => session.id);
  switch (action.mutation) {
    case 'signOut':
      return [sessionId ?? ''];
    case 'revokeSession':
      return [input['sessionId'] ?? ''];
    case 'revokeApiKey':
      return [input['apiKeyId'] ?? ''];
    case 'resetPassword':
      return sessionsOf(answer.data.resetPassword.author.id);
    case 'changePassword':
      return sessionsOf(answer.data.changePassword.account.author.id).filter((id) => id !== sessionId);
    default:
      return [];
  }
}

const TOKENS_TWICE = statement<{ id: string }>(
  'proof.tokensTwice',
  'SELECT author_id AS "id" FROM mail_token GROUP BY author_id, purpose HAVING count(*) > 1',
);
const rowsOf = async (db: Database, table: string) => (await dump(db))[table] ?? [];

describe.each(engines)('whatever people do about accounts at once on %s', (engine) => {
  test('what was ended is over, one password opens each account, and nothing is lost or doubled', async () => {
    const histories = fc.array(fc.array(step, { minLength: 2, maxLength: 10 }), {
      ...{ minLength: 2, maxLength: 6 },
    });
    const property = fc.asyncProperty(histories, async (history) => {
      const forum = await openForum(engine, 'empty');
      try {
        const known = await begin(forum);
        const over = new Set<string>();
        for (const batch of history) {
          // chosen among what was there before: of two at once, neither knows the other
          const before = { ...known, sessions: [...known.sessions] };
          const taken = await Promise.all(batch.map((one) => take(forum, known, one)));
          for (const one of taken) for (const id of endedBy(before, one)) over.add(id);
          for (const { input, answer } of taken) learnAccounts(known, input, answer);
          await learnEmailTokens(known, forum);
          forum.wait(1_000);
        }
        expect(await brokenAtRest(forum.db)).toEqual([]);
        expect(await forum.db.read.all(TOKENS_TWICE, [])).toEqual([]);
        const sessions = (await rowsOf(forum.db, 'session')).map(({ id }) => `S_${id}`);
        const apiKeys = await rowsOf(forum.db, 'api_key');
        const live = apiKeys.filter((key) => key['revoked_at'] === null).map(({ id }) => `Y_${id}`);
        expect([...sessions, ...live].filter((id) => over.has(id))).toEqual([]);
        expect(sessions.filter((id) => !known.sessions.some((session) => session.id === id))).toEqual([]);
        expect(apiKeys).toHaveLength(known.apiKeys.length);
        expect(await rowsOf(forum.db, 'account')).toHaveLength(known.emails.length);
        for (const email of known.emails) expect(await openedBy(forum, known, email), email).toHaveLength(1);
      } finally {
        await forum.close();
      }
    });
    // a race cannot be made smaller: what failed is told as it was
    await fc.assert(property, { numRuns: 8, endOnFailure: true });
  }, 180_000);
});

const begin = async (forum: Forum): Promise<KnownAccounts> => {
  const known = await beginAccounts(forum);
  return { ...known, passwords: [...known.passwords, ...NEW_PASSWORDS] };
};

async function openedBy(forum: Forum, { passwords }: KnownAccounts, email: string): Promise<string[]> {
  const opening: string[] = [];
  for (const password of passwords)
    if (!(await forum.do('signIn', { email, password }, '__typename')).errors) opening.push(password);
  return opening;
}

endsAlike('one history of accounts', {
  ...{ step, stepsMax: 30, runs: 8, begin },
  take: async (forum, known, one) => {
    // under a key the outcome is stored sealed, and what is sealed is drawn by lot
    const { input, answer } = await take(forum, known, { ...one, repeats: 0 });
    learnAccounts(known, input, answer);
    await learnEmailTokens(known, forum);
    return answer;
  },
  names: async (_forum, { sessions }) => {
    const people = new Set(sessions.map(({ authorId }) => authorId.slice(2)));
    return new Map([...people].map((id, n) => [id, `author ${n}`]));
  },
});
