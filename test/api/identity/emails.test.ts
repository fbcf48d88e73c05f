import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeToken } from '../../../src/identity/token.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { newcomer, PASSWORD, rowCounts, rowsAsText, VIEWER } from './account-rows.ts';

const NEXT = 'four small elephants';
const HOUR_MS = 60 * 60 * 1000;
const DEAD = { code: 'BAD_USER_INPUT', field: 'input.token' };

describe.each(engines)('e-mails on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  const emailsTo = async (email: string) => (await forum.emails()).filter(({ to }) => to === email);
  const ask = (email: string, more = {}) =>
    forum.do('requestPasswordReset', { email, ...more }, 'clientMutationId');
  const resetTokenOf = async (email: string) => {
    await ask(email);
    // two are sent at once: the notice of an earlier reset, which has no token, may come after it
    return (await emailsTo(email)).findLast(({ token }) => token !== null)?.token ?? '';
  };
  const reset = (token: string, newPassword = NEXT, more = {}) =>
    forum.do('resetPassword', { token, newPassword, ...more }, 'author { id }');
  const confirm = (token: string, more = {}) => forum.do('confirmEmail', { token, ...more }, 'author { id }');
  const signIn = (email: string, password: string) => forum.do('signIn', { email, password }, 'token');
  const isSignedIn = async (token: string) => (await forum.askWith(token, VIEWER)).errors === undefined;
  const confirmedAt = async (token: string) =>
    (await forum.askWith(token, '{ viewer { account { emailConfirmedAt } } }')).data.viewer.account
      .emailConfirmedAt;

  test('a new account gets one that links to the site, and its token confirms the address', async () => {
    const { email, token, authorId } = await newcomer(forum, { name: 'Buy cheap watches' });
    const [received, ...more] = await emailsTo(email);
    expect(more).toEqual([]);
    expect(received?.from).toBe('no-reply@forum.example');
    expect(received?.text).toContain(`\nhttps://forum.example/confirm-email?token=${received?.token}\n`);
    expect(received?.text).not.toContain('watches');
    expect(await confirm(received?.token ?? '')).toEqual({
      data: { confirmEmail: { author: { id: authorId } } },
    });
    expect(await confirmedAt(token)).toBe('2026-11-24T00:00:00.000Z');
    expect(refusalOf(await confirm(received?.token ?? ''))).toEqual(DEAD);
  });

  test('requestPasswordReset gives the same response for every address, and e-mails the owner alone', async () => {
    const { email } = await newcomer(forum);
    const known = await ask(email.toUpperCase());
    const sent = await forum.emails();
    const before = await rowCounts(forum.db);
    const unknown = await ask('nobody@example.com');
    expect(known).toEqual(unknown);
    expect(known).toEqual({ data: { requestPasswordReset: { clientMutationId: null } } });
    expect(await forum.emails()).toEqual(sent);
    expect(await rowCounts(forum.db)).toEqual(before);
    const received = (await emailsTo(email)).at(-1);
    expect(received?.subject).toBe('Set a new password for forum.example');
    expect(received?.text).toContain(`\nhttps://forum.example/reset-password?token=${received?.token}\n`);
    expect(await rowsAsText(forum.db)).not.toContain(received?.token);
    expect(refusalOf(await ask('no address'))).toEqual({ code: 'BAD_USER_INPUT', field: 'input.email' });
  });

  test('requestPasswordReset runs the same statements for every address before it answers', async () => {
    const { email } = await newcomer(forum);
    await ask('warm-up@example.com');
    const statementsFor = async (address: string) => {
      await forum.emails();
      const statements: string[] = [];
      const stop = forum.db.onStatement((sql) => statements.push(sql));
      await ask(address);
      stop();
      // what sends e-mails begins with this, after the answer; on a slow machine the client gets that later
      const end = statements.findIndex((sql) => sql.includes('min(next_attempt_at)'));
      return end < 0 ? statements : statements.slice(0, end);
    };
    const known = await statementsFor(email);
    expect(known.some((sql) => /insert into queued_email/i.test(sql.replaceAll('"', '')))).toBe(true);
    expect(await statementsFor('stranger@example.com')).toEqual(known);
  });

  test('fifty repeats of a request send one e-mail', async () => {
    const { email } = await newcomer(forum);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => ask(email, { idempotencyKey: `ask-${email}` })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await emailsTo(email)).filter(({ subject }) => /new password/.test(subject))).toHaveLength(1);
  });

  test('resetPassword sets the password, ends all sessions, and notifies the owner', async () => {
    const { email, token, authorId } = await newcomer(forum);
    const secret = await resetTokenOf(email);
    expect(await reset(secret)).toEqual({ data: { resetPassword: { author: { id: authorId } } } });
    expect(await isSignedIn(token)).toBe(false);
    expect((await signIn(email, PASSWORD)).errors).toHaveLength(1);
    const again = await signIn(email, NEXT);
    expect(await confirmedAt(again.data.signIn.token)).toBe('2026-11-24T00:00:00.000Z');
    expect((await emailsTo(email)).at(-1)?.subject).toBe('Your password for forum.example has been changed');
  });

  test('a token works once: of twenty at once one wins, and it is the only password', async () => {
    const { email } = await newcomer(forum);
    const secret = await resetTokenOf(email);
    const wishes = Array.from({ length: 20 }, (_, n) => `password number ${n}`);
    const answers = await Promise.all(wishes.map((wish) => reset(secret, wish)));
    const winners = wishes.filter((_, n) => !answers[n]?.errors);
    expect(winners).toHaveLength(1);
    for (const answer of answers.filter(({ errors }) => errors)) expect(refusalOf(answer)).toEqual(DEAD);
    expect((await signIn(email, winners[0] ?? '')).errors).toBeUndefined();
  });

  test('a repeat under the same key has the outcome of the first, although the token is used', async () => {
    const { email, token } = await newcomer(forum);
    const secret = await resetTokenOf(email);
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => reset(secret, NEXT, { idempotencyKey: `reset-${email}` })),
    );
    answers.push(await reset(secret, NEXT, { idempotencyKey: `reset-${email}` }));
    expect(answers[0]?.errors).toBeUndefined();
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await isSignedIn(token)).toBe(false);
    const fresh = await newcomer(forum);
    const secretOfFresh = (await emailsTo(fresh.email))[0]?.token ?? '';
    const confirmed = await Promise.all(
      Array.from({ length: 30 }, () => confirm(secretOfFresh, { idempotencyKey: `confirm-${fresh.email}` })),
    );
    expect(confirmed[0]?.errors).toBeUndefined();
    expect(new Set(confirmed.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test('forged, foreign, replaced and expired tokens are refused alike, and change nothing', async () => {
    const { email, token } = await newcomer(forum, { name: 'Xqzvu Wkrpj', handle: 'the-vmhtk' });
    const confirmation = (await emailsTo(email))[0]?.token ?? '';
    const replaced = await resetTokenOf(email);
    const current = await resetTokenOf(email);
    const before = await rowsAsText(forum.db);
    for (const wrong of [confirmation, replaced, makeToken('MAIL').token, token, 'x', `${current}0`])
      expect(refusalOf(await reset(wrong))).toEqual(DEAD);
    for (const wrong of [current, makeToken('MAIL').token, token, ''])
      expect(refusalOf(await confirm(wrong))).toEqual(DEAD);
    for (const weak of ['short', email, 'qwertyuiop', 'wkrpj-xqzvu-9', 'VMHTK-the-77'])
      expect(refusalOf(await reset(current, weak))).toEqual({
        code: 'BAD_USER_INPUT',
        field: 'input.newPassword',
      });
    expect(await rowsAsText(forum.db)).toBe(before);
    // a token for one purpose replaces none for another
    expect((await confirm(confirmation)).errors).toBeUndefined();
    forum.wait(HOUR_MS);
    expect(refusalOf(await reset(current))).toEqual(DEAD);
    forum.wait(-1);
    expect((await reset(current)).errors).toBeUndefined();
  });

  test('a confirmation expires after three days; another e-mail replaces it; none is sent once it is confirmed', async () => {
    const { email, token } = await newcomer(forum);
    const first = (await emailsTo(email))[0]?.token ?? '';
    forum.wait(72 * HOUR_MS);
    expect(refusalOf(await confirm(first))).toEqual(DEAD);
    const again = () => forum.do('requestEmailConfirmation', {}, 'account { email }', token);
    expect(await again()).toEqual({ data: { requestEmailConfirmation: { account: { email } } } });
    const emails = await emailsTo(email);
    expect(emails).toHaveLength(2);
    expect((await confirm(emails[1]?.token ?? '')).errors).toBeUndefined();
    expect((await again()).errors).toBeUndefined();
    expect(await emailsTo(email)).toHaveLength(2);
    const asGuest = await forum.do('requestEmailConfirmation', {}, 'account { email }');
    expect(refusalOf(asGuest)).toEqual({ code: 'UNAUTHENTICATED' });
    const ben = await forum.as('ben').do('requestEmailConfirmation', {}, 'account { email }');
    expect(refusalOf(ben)).toEqual({ code: 'FORBIDDEN' });
  });

  test('an account that someone created with another’s address belongs to the owner of the address after a reset', async () => {
    const { email, token } = await newcomer(forum);
    const made = await forum.do('createApiKey', { name: 'k', scopes: ['WRITE'] }, 'token', token);
    const key = made.data.createApiKey.token;
    expect(await isSignedIn(key)).toBe(true);
    await reset(await resetTokenOf(email));
    expect([await isSignedIn(token), await isSignedIn(key)]).toEqual([false, false]);
    // the owner is known now: a key that they make outlives a forgotten password
    const mine = (await signIn(email, NEXT)).data.signIn.token;
    const own = await forum.do('createApiKey', { name: 'k', scopes: ['WRITE'] }, 'token', mine);
    await reset(await resetTokenOf(email), PASSWORD);
    expect([await isSignedIn(mine), await isSignedIn(own.data.createApiKey.token)]).toEqual([false, true]);
  });
});
