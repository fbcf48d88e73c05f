import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { newcomer, PASSWORD, rowsAsText, VIEWER } from './account-rows.ts';

const NEXT = 'four small elephants';
const ACCOUNT = 'account { email passwordChangedAt }';

describe.each(engines)('changePassword on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  const signIn = (email: string, password: string) => forum.do('signIn', { email, password }, 'token');
  const isSignedIn = async (token: string) => (await forum.askWith(token, VIEWER)).errors === undefined;
  const input = { currentPassword: PASSWORD, newPassword: NEXT };

  test('sets the password, ends all other sessions, and notifies the owner by e-mail', async () => {
    const { email, token } = await newcomer(forum);
    const other = (await signIn(email, PASSWORD)).data.signIn.token;
    forum.wait(60_000);
    const answer = await forum.do('changePassword', input, ACCOUNT, token);
    expect(answer.data.changePassword.account).toEqual({
      email,
      passwordChangedAt: new Date(Date.parse('2026-11-24T00:01:00Z')).toISOString(),
    });
    expect([await isSignedIn(token), await isSignedIn(other)]).toEqual([true, false]);
    expect(refusalOf(await signIn(email, PASSWORD))).toEqual({
      code: 'INVALID_CREDENTIALS',
      field: 'input.password',
    });
    expect((await signIn(email, NEXT)).errors).toBeUndefined();
    const emails = (await forum.emails()).filter(({ to }) => to === email);
    expect(emails.map(({ subject }) => subject)).toEqual([
      'Confirm your address for forum.example',
      'Your password for forum.example has been changed',
    ]);
  });

  test('leaves no session to a sign-in with the old password at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { email, token } = await newcomer(forum);
      const [, ...signedIn] = await Promise.all([
        forum.do('changePassword', input, ACCOUNT, token),
        ...Array.from({ length: 6 }, () => signIn(email, PASSWORD)),
      ]);
      for (const { data } of signedIn)
        if (data?.signIn) expect(await isSignedIn(data.signIn.token)).toBe(false);
      expect(await isSignedIn(token)).toBe(true);
    }
  });

  test('refuses an idempotency key that could be guessed, and the password with it', async () => {
    const { token } = await newcomer(forum);
    const short = { ...input, idempotencyKey: '1' };
    expect(refusalOf(await forum.do('changePassword', short, ACCOUNT, token))).toEqual({
      ...{ code: 'BAD_USER_INPUT', field: 'input.idempotencyKey' },
    });
    expect(await isSignedIn(token)).toBe(true);
  });

  test('gives fifty repeats at once the same outcome, and a late one too, although its password is the old one', async () => {
    const { email, token } = await newcomer(forum);
    const keyed = { ...input, idempotencyKey: 'change-password-1' };
    const change = () => forum.do('changePassword', keyed, ACCOUNT, token);
    const answers = await Promise.all(Array.from({ length: 50 }, change));
    answers.push(await change());
    expect(answers[0]?.errors).toBeUndefined();
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const about = (await forum.emails()).filter(({ to, subject }) => to === email && /changed/.test(subject));
    expect(about).toHaveLength(1);
  });

  test('lets one of two different passwords at once win', async () => {
    const { email, token } = await newcomer(forum);
    const wishes = ['password of the first', 'password of the second'];
    const answers = await Promise.all(
      wishes.map((newPassword) => forum.do('changePassword', { ...input, newPassword }, ACCOUNT, token)),
    );
    const won = answers.findIndex((answer) => !answer.errors);
    const lost = answers[1 - won];
    expect(lost && ['CONFLICT', 'INVALID_CREDENTIALS'].includes(String(refusalOf(lost)['code']))).toBe(true);
    expect((await signIn(email, wishes[won] ?? '')).errors).toBeUndefined();
    expect((await signIn(email, wishes[1 - won] ?? '')).errors).toHaveLength(1);
  });

  test('refuses guests, keys, people without a password here, wrong and bad passwords, and writes nothing', async () => {
    const { email, token } = await newcomer(forum, { name: 'Xqzvu Wkrpj', handle: 'the-vmhtk' });
    const made = await forum.do('createApiKey', { name: 'k', scopes: ['WRITE'] }, 'token', token);
    await forum.emails();
    await forum.emails(); // what waits is sent
    const before = await rowsAsText(forum.db);
    const change = (wrong: object, as?: string) =>
      forum.do('changePassword', { ...input, ...wrong }, ACCOUNT, as);
    expect(refusalOf(await change({}))).toEqual({ code: 'UNAUTHENTICATED' });
    expect(refusalOf(await change({}, made.data.createApiKey.token))).toEqual({ code: 'FORBIDDEN' });
    const bad = (field: string) => ({ code: 'BAD_USER_INPUT', field: `input.${field}` });
    expect(refusalOf(await change({ currentPassword: NEXT }, token))).toEqual({
      ...{ code: 'INVALID_CREDENTIALS', field: 'input.currentPassword' },
    });
    for (const newPassword of ['short', email, 'qwertyuiop', 'wkrpj-xqzvu-9', 'VMHTK-the-77'])
      expect(refusalOf(await change({ newPassword }, token))).toEqual(bad('newPassword'));
    expect(await rowsAsText(forum.db)).toBe(before);
  });
});
