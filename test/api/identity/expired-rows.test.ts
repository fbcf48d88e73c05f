import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { change } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { newcomer, PASSWORD, rowCounts, VIEWER } from './account-rows.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const QUIET = 'clientMutationId';

const TABLES = ['idempotency_key', 'session', 'mail_token'] as const;
const deleteExpired = TABLES.map((table) =>
  change(`test.deleteExpired ${table}`, `DELETE FROM ${table} WHERE expires_at <= ?`, {
    ...{ table, sets: null, by: [null] },
  }),
);

describe.each(engines)('what has expired on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  test('of tokens from e-mails is deleted by the next ones, three at a time, and none that is valid', async () => {
    const people = [];
    for (let n = 0; n < 5; n++) people.push(await newcomer(forum)); // each with a token that confirms its address
    await forum.emails();
    expect((await rowCounts(forum.db)).mail_token).toBe(5);
    const last = await newcomer(forum);
    await forum.emails();
    expect((await rowCounts(forum.db)).mail_token).toBe(6);
    forum.wait(3 * DAY_MS + 1);
    const request = (token: string) => forum.do('requestEmailConfirmation', {}, 'account { email }', token);
    // its own token is replaced, and three of the other five go
    await request(last.token);
    await forum.emails();
    expect((await rowCounts(forum.db)).mail_token).toBe(3);
    await request(last.token);
    await forum.emails();
    expect((await rowCounts(forum.db)).mail_token).toBe(1);
    const emails = (await forum.emails()).filter(({ to }) => to === last.email);
    const confirmed = await forum.do('confirmEmail', { token: emails.at(-1)?.token }, 'author { id }');
    expect(confirmed.data.confirmEmail.author.id).toBe(last.authorId);
  });

  test('of idempotency keys is deleted by the next ones, three at a time, and none that is valid', async () => {
    const ada = forum.as('ada');
    const made = await ada.do('createDiscussion', { title: 'T', body: 'B' }, 'discussion { id }');
    const { id: discussionId } = made.data.createDiscussion.discussion;
    const say = (idempotencyKey: string) =>
      ada.do('addComment', { discussionId, body: 'B', idempotencyKey }, 'comment { id }');
    for (let n = 0; n < 5; n++) await say(`old ${n}`);
    forum.wait(1);
    const valid = await say('valid until later');
    forum.wait(DAY_MS - 1);
    expect((await rowCounts(forum.db)).idempotency_key).toBe(6);
    await say('new 1');
    expect((await rowCounts(forum.db)).idempotency_key).toBe(4);
    await say('new 2');
    expect((await rowCounts(forum.db)).idempotency_key).toBe(3);
    expect(await say('valid until later')).toEqual(valid);
    forum.wait(1);
    await say('new 3');
    expect((await rowCounts(forum.db)).idempotency_key).toBe(3);
    // an expired key that is used again runs anew
    expect((await say('valid until later')).data.addComment.comment.id).not.toBe(
      valid.data.addComment.comment.id,
    );
  });

  test('of sessions is deleted by the next ones, three at a time, and none that is valid', async () => {
    const before = (await rowCounts(forum.db)).session;
    const people = [];
    for (let n = 0; n < 5; n++) people.push(await newcomer(forum));
    forum.wait(400 * DAY_MS);
    const sessionsAfter = async (email: string | undefined) => {
      const { token } = (await forum.do('signIn', { email, password: PASSWORD }, 'token')).data.signIn;
      return { token, count: (await rowCounts(forum.db)).session - before };
    };
    const valid = await sessionsAfter(people[0]?.email);
    expect(valid.count).toBe(3);
    expect((await sessionsAfter(people[1]?.email)).count).toBe(1);
    const { data } = await forum.askWith(valid.token, VIEWER);
    expect(data.viewer.author.id).toBe(people[0]?.authorId);
  });

  // on SQLite one write runs at a time
  test.skipIf(engine === 'sqlite')('does not make writes wait for others that delete it', async () => {
    await newcomer(forum);
    await forum.as('ada').do('createDiscussion', { title: 'T', body: 'B', idempotencyKey: 'a' }, QUIET);
    forum.wait(400 * DAY_MS);
    const counts = await rowCounts(forum.db);
    for (const table of TABLES) expect(counts[table]).toBeGreaterThan(0);
    await forum.db.transaction(async (tx) => {
      for (const deletion of deleteExpired) await tx.run(deletion, [forum.now()]);
      const input = { title: 'T', body: 'B', idempotencyKey: 'b' };
      expect((await forum.as('ada').do('createDiscussion', input, QUIET)).errors).toBeUndefined();
      await newcomer(forum);
    });
  });
});
