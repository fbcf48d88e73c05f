// Every mutation sent again: because the answer was lost, twice by mistake, or fifty times at once.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../kit/database.ts';
import { type Forum, openForum } from '../kit/forum.ts';
import { ACTIONS, type Action, diceOf, type Known } from './actions.ts';
import { dump } from './dump.ts';
import { begin } from './histories.ts';
import { brokenAtRest } from './invariants.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOTHING = 'clientMutationId';

/** An action, how it is called in a title, and what it takes. */
const cases = ACTIONS.map((action, n): [string, Action] => [`${n + 1}. ${action.mutation}`, action]);

describe.each(engines)('under one idempotency key on %s', (engine) => {
  let forum: Forum;
  let known: Known;
  let keys = 0;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(async () => {
    expect(await brokenAtRest(forum.db)).toEqual([]);
    await forum.close();
  });
  beforeEach(async () => {
    known = await begin(forum);
  });

  /** Two of the action's inputs on objects that nobody has touched but to make it possible, under one new key. */
  async function prepared(action: Action): Promise<Record<string, unknown>[]> {
    for (const mutation of action.after ?? []) {
      const before = ACTIONS.find((one) => one.mutation === mutation) as Action;
      for (const number of [0, 1]) {
        const input = before.input(diceOf(known, [number]));
        expect((await forum.as(before.by).do(mutation, input, before.returns)).errors).toBeUndefined();
      }
    }
    const idempotencyKey = `key ${++keys}`;
    return [0, 1].map((number) => ({ ...action.input(diceOf(known, [number])), idempotencyKey }));
  }
  const send = (action: Action, input: Record<string, unknown>, by = action.by) =>
    forum.as(by).do(action.mutation, input, action.returns);

  test.each(cases)(
    '%s: fifty at once are done once and answered alike, and so is a late one',
    async (_, action) => {
      const [input = {}] = await prepared(action);
      const before = await dump(forum.db);
      const answers = await Promise.all(Array.from({ length: 50 }, () => send(action, input)));
      expect(answers[0]?.errors).toBeUndefined();
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      const after = await dump(forum.db);
      const added = Object.fromEntries(
        Object.entries(after).map(([table, rows]) => [
          table,
          Math.max(0, rows.length - (before[table]?.length ?? 0)),
        ]),
      );
      // a write also clears expired keys away
      added['idempotency_key'] = keysIn(after).filter((hash) => !keysIn(before).includes(hash)).length;
      const expected = Object.keys(after).map((table) => [table, Number(action.adds.includes(table))]);
      expect(added).toEqual({ ...Object.fromEntries(expected), idempotency_key: 1 });
      forum.wait(DAY_MS - 1);
      expect(await send(action, { ...input, clientMutationId: 'late' })).toEqual(answers[0]);
      expect(await dump(forum.db)).toEqual(after);
    },
  );

  test.each(cases)('%s: another input is refused, whether it comes later or at once', async (_, action) => {
    const [input = {}, other = {}] = await prepared(action);
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => send(action, input)),
      ...Array.from({ length: 10 }, () => send(action, other)),
    ]);
    const codes = answers.map((answer) => answer.errors?.[0]?.extensions);
    const refused = { code: 'IDEMPOTENCY_KEY_REUSED', field: 'input.idempotencyKey' };
    // whichever of the two was first
    const [ones, others] = [codes.slice(0, 10), codes.slice(10)];
    const [done, not] = ones[0] === undefined ? [ones, others] : [others, ones];
    expect(done).toEqual(Array.from({ length: 10 }));
    expect(not).toEqual(Array.from({ length: 10 }, () => refused));
    const before = await dump(forum.db);
    for (const inner of [input, other]) await send(action, inner);
    expect(await dump(forum.db)).toEqual(before);
  });

  test.each(cases)('%s: the key of another actor is another key', async (_, action) => {
    const [input = {}] = await prepared(action);
    expect((await send(action, input)).errors).toBeUndefined();
    const rows = async () => (await dump(forum.db))['idempotency_key']?.length ?? 0;
    const before = await rows();
    const other = await send(action, input, action.by === 'mod' ? 'ada' : 'mod');
    const codes = other.errors?.map((error) => error.extensions.code) ?? [];
    expect(codes).not.toContain('IDEMPOTENCY_KEY_REUSED');
    expect(await rows()).toBe(before + (other.errors ? 0 : 1));
  });

  test('the same key for another mutation is refused', async () => {
    const [first, other] = [ACTIONS[0] as Action, ACTIONS[1] as Action];
    const [input = {}] = await prepared(first);
    await forum.as('ada').do(first.mutation, input, NOTHING);
    const idempotencyKey = input['idempotencyKey'];
    const answer = await forum
      .as('ada')
      .do(other.mutation, { ...other.input(diceOf(known, [0])), idempotencyKey }, NOTHING);
    expect(answer.errors?.[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('after 24 hours the key is a new one, and the old one is gone', async () => {
    const action = ACTIONS.find(({ mutation }) => mutation === 'addComment') as Action;
    const [input = {}] = await prepared(action);
    const first = await send(action, input);
    forum.wait(DAY_MS);
    const second = await send(action, input);
    expect(second.errors).toBeUndefined();
    expect(second.data.addComment.comment.id).not.toBe(first.data.addComment.comment.id);
    const rows = (await dump(forum.db))['idempotency_key'] ?? [];
    expect(rows.filter((row) => String(row['payload']).includes(commentRow(second)))).toHaveLength(1);
    expect(rows.filter((row) => String(row['payload']).includes(commentRow(first)))).toHaveLength(0);
  });

  test('what was refused is tried anew, and done once', async () => {
    const ben = forum.as('ben');
    const [discussionId] = known.discussions;
    const input = { discussionId, body: 'Is it locked?', idempotencyKey: `key ${++keys}` };
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

const keysIn = (rows: Awaited<ReturnType<typeof dump>>) =>
  (rows['idempotency_key'] ?? []).map((row) => row['hash']);

const commentRow = (answer: { data: { addComment: { comment: { id: string } } } }) =>
  answer.data.addComment.comment.id.slice(2);
