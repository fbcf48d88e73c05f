// Every mutation sent again: because the answer was lost, twice by mistake, or fifty times at once.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Answer, type Forum, openForum } from '../support/forum.ts';
import { ACCOUNT_ACTIONS, type AccountAction, beginAccounts } from './account-actions.ts';
import { ACTIONS, type Action } from './actions.ts';
import { diceOf, type Known } from './dice.ts';
import { dump } from './dump.ts';
import { begin } from './histories.ts';
import { brokenAtRest } from './invariants.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOTHING = 'clientMutationId';

type AnyAction = Action | AccountAction;
type Input = Record<string, unknown>;

/** An action, how it is called in a title, and what it takes. */
const cases = [...ACTIONS, ...ACCOUNT_ACTIONS].map((action, n): [string, AnyAction] => [
  `${n + 1}. ${action.mutation}`,
  action,
]);
const isAboutAccounts = (action: AnyAction): action is AccountAction => 'emails' in action;
const takesSomething = (action: AnyAction) => !(isAboutAccounts(action) && action.takesNothing);
const endsCredential = (action: AnyAction) => isAboutAccounts(action) && action.endsCredential === true;

describe.each(engines)('under one idempotency key on %s', (engine) => {
  let forum: Forum;
  let known: Known;
  let keys = 0;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(async () => {
    expect(await brokenAtRest(forum.db, forum.now())).toEqual([]);
    await forum.close();
  });
  beforeEach(async () => {
    known = await begin(forum);
  });

  const newKey = () => `idempotency key ${++keys}`;

  /** Two of the action's inputs on objects that nobody has touched but to make it possible, under one new key. */
  async function prepared(
    action: AnyAction,
  ): Promise<{ readonly inputs: [Input, Input]; readonly token: string | undefined }> {
    const idempotencyKey = newKey();
    if (isAboutAccounts(action)) {
      const people = await beginAccounts(forum, keys);
      const input = (n: number) => action.input((choices) => choices[n % choices.length] as never, people);
      const token = action.by === 'OWNER' ? people.sessions[0]?.token : undefined;
      return {
        inputs: [
          { ...input(0), idempotencyKey },
          { ...input(1), idempotencyKey },
        ],
        token,
      };
    }
    for (const mutation of action.needs ?? []) {
      const before = ACTIONS.find((one) => one.mutation === mutation) as Action;
      for (const number of [0, 1]) {
        const input = before.input(diceOf(known, [number]));
        expect((await forum.as(before.by).do(mutation, input, before.returns)).errors).toBeUndefined();
      }
    }
    const input = (n: number) => ({ ...action.input(diceOf(known, [n])), idempotencyKey });
    return { inputs: [input(0), input(1)], token: await forum.as(action.by).token() };
  }
  const send = (action: AnyAction, input: Input, token: string | undefined) =>
    forum.do(action.mutation, input, action.returns, token);

  test.each(cases)(
    '%s: fifty at once are done once and answered alike, and so is a late one',
    async (_, action) => {
      const { inputs, token } = await prepared(action);
      const [input] = inputs;
      const emails = (await forum.emails()).length;
      const before = await dump(forum.db);
      const sent = await Promise.all(Array.from({ length: 50 }, () => send(action, input, token)));
      const answers = endsCredential(action) ? sent.filter((one) => !isUnknown(one)) : sent;
      expect(answers[0]?.errors).toBeUndefined();
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      const sentEmails = (await forum.emails()).length - emails;
      expect(sentEmails).toBe(isAboutAccounts(action) ? action.emails : 0);
      const after = await dump(forum.db);
      const adds = (table: string) => action.adds.filter((one) => one === table).length;
      const expected = Object.keys(after).map((table) => [table, adds(table)]);
      expect(addedTo(before, after)).toEqual({
        ...Object.fromEntries(expected),
        idempotency_key: 1,
        // each new text once, with as many parts and words as it has
        // a comment that becomes a question gives its place to it
        search_entry: action.mutation === 'splitDiscussion' ? 0 : adds('discussion') + adds('comment'),
        search_gram: expect.any(Number),
        search_word: expect.any(Number),
        author_name_key: action.adds.includes('author') ? expect.any(Number) : 0,
      });
      forum.wait(DAY_MS - 1);
      const late = await send(action, { ...input, clientMutationId: 'late' }, token);
      if (endsCredential(action)) expect(isUnknown(late)).toBe(true);
      else expect(late).toEqual(answers[0]);
      expect((await forum.emails()).length - emails).toBe(sentEmails);
      expect(await dump(forum.db)).toEqual(after);
    },
  );

  test.each(cases.filter(([, action]) => takesSomething(action)))(
    '%s: another input is refused, whether it comes later or at once',
    async (_, action) => {
      const { inputs, token } = await prepared(action);
      const [input, other] = inputs;
      const answers = await Promise.all([
        ...Array.from({ length: 10 }, () => send(action, input, token)),
        ...Array.from({ length: 10 }, () => send(action, other, token)),
      ]);
      const codes = answers.map((answer) => answer.errors?.[0]?.extensions);
      const refused = { code: 'IDEMPOTENCY_KEY_REUSED', field: 'input.idempotencyKey' };
      // whichever of the two was first
      const [ones, others] = [codes.slice(0, 10), codes.slice(10)];
      const [done, not] = ones[0] === undefined ? [ones, others] : [others, ones];
      expect(done).toEqual(Array.from({ length: 10 }));
      expect(not).toEqual(Array.from({ length: 10 }, () => refused));
      await forum.emails();
      const before = await dump(forum.db);
      for (const inner of [input, other]) await send(action, inner, token);
      await forum.emails();
      expect(await dump(forum.db)).toEqual(before);
    },
  );

  test.each(cases)('%s: the key of another actor is another key', async (_, action) => {
    const { inputs, token } = await prepared(action);
    const [input] = inputs;
    expect((await send(action, input, token)).errors).toBeUndefined();
    const rows = async () => (await dump(forum.db))['idempotency_key']?.length ?? 0;
    const before = await rows();
    const other = await send(action, input, await forum.as(action.by === 'mod' ? 'ada' : 'mod').token());
    const codes = other.errors?.map((error) => error.extensions.code) ?? [];
    expect(codes).not.toContain('IDEMPOTENCY_KEY_REUSED');
    expect(await rows()).toBe(before + (other.errors ? 0 : 1));
  });

  test('the same key for another mutation is refused', async () => {
    const [first, other] = [ACTIONS[0] as Action, ACTIONS[1] as Action];
    const { inputs } = await prepared(first);
    await forum.as('ada').do(first.mutation, inputs[0], NOTHING);
    const { idempotencyKey } = inputs[0];
    const answer = await forum
      .as('ada')
      .do(other.mutation, { ...other.input(diceOf(known, [0])), idempotencyKey }, NOTHING);
    expect(answer.errors?.[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('after 24 hours the key is a new one, and the old one is gone', async () => {
    const action = ACTIONS.find(({ mutation }) => mutation === 'addComment') as Action;
    const { inputs, token } = await prepared(action);
    const first = await send(action, inputs[0], token);
    forum.wait(DAY_MS);
    const second = await send(action, inputs[0], token);
    expect(second.errors).toBeUndefined();
    expect(second.data.addComment.comment.id).not.toBe(first.data.addComment.comment.id);
    const rows = (await dump(forum.db))['idempotency_key'] ?? [];
    expect(rows.filter((row) => String(row['payload']).includes(commentRow(second)))).toHaveLength(1);
    expect(rows.filter((row) => String(row['payload']).includes(commentRow(first)))).toHaveLength(0);
  });

  test('what was refused is tried anew, and done once', async () => {
    const ben = forum.as('ben');
    const [discussionId] = known.discussions;
    const input = { discussionId, body: 'Is it locked?', idempotencyKey: newKey() };
    const lock = (at: Date | null) =>
      forum.db.write((tx) =>
        tx.discussion.update({ where: { id: String(discussionId).slice(2) }, data: { lockedAt: at } }),
      );
    await lock(new Date(0));
    const before = await dump(forum.db);
    const refused = await Promise.all(
      Array.from({ length: 10 }, () => ben.do('addComment', input, 'comment { id }')),
    );
    for (const { errors } of refused) expect(errors?.[0]?.extensions.code).toBe('LOCKED');
    expect(await dump(forum.db)).toEqual(before);
    await lock(null);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ben.do('addComment', input, 'comment { id }')),
    );
    expect(answers[0]?.errors).toBeUndefined();
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await dump(forum.db))['comment']?.length).toBe((before['comment']?.length ?? 0) + 1);
  });

  test.each([
    ['empty', ''],
    ['too long', 'x'.repeat(256)],
  ])('a key that is %s is refused, and nothing is written', async (_, idempotencyKey) => {
    const before = await dump(forum.db);
    const input = { title: 'A key?', body: 'A key.', idempotencyKey };
    const { errors } = await forum.as('ada').do('createDiscussion', input, NOTHING);
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'input.idempotencyKey' });
    expect(await dump(forum.db)).toEqual(before);
  });
});

const isUnknown = ({ errors }: Answer) => errors?.[0]?.extensions.code === 'UNAUTHENTICATED';

type Rows = Awaited<ReturnType<typeof dump>>;

/** How many rows each table has more. Where rows have a hash: how many are new, since writes clear expired ones away. */
function addedTo(before: Rows, after: Rows): Record<string, number> {
  const added = Object.entries(after).map(([table, rows]) => {
    const old = before[table] ?? [];
    const hashes = new Set(old.map((row) => row['hash']));
    const fresh = rows.filter((row) => row['hash'] !== undefined && !hashes.has(row['hash']));
    const hasHashes = [...rows, ...old].some((row) => row['hash'] !== undefined);
    return [table, hasHashes ? fresh.length : Math.max(0, rows.length - old.length)];
  });
  return Object.fromEntries(added);
}

const commentRow = (answer: { data: { addComment: { comment: { id: string } } } }) =>
  answer.data.addComment.comment.id.slice(2);
