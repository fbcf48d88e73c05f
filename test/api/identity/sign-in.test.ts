import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLimiter } from '../../../src/access/limiter.ts';
import { change, newId, statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { newcomer, PASSWORD, rowCounts, rowsAsText, VIEWER } from './account-rows.ts';

const WRONG = { code: 'INVALID_CREDENTIALS', field: 'input.password' };
/** Parameters that cost nothing. */
const WEAK = { memoryCost: 8, timeCost: 1, parallelism: 1 };
const setHash = change('test.set hash', 'UPDATE account SET password_hash = ? WHERE email = ?', {
  table: 'account',
  sets: ['password_hash'],
  by: ['password_hash', 'email'],
});
const hashes = statement<{ hash: string }>(
  'test.hash',
  'SELECT password_hash AS "hash" FROM account WHERE email = ?',
);

describe.each(engines)('signIn on %s', (engine) => {
  let forum: Forum;
  let email: string;
  const signIn = (input: Record<string, unknown>, selection = 'token') =>
    forum.do('signIn', { email, password: PASSWORD, ...input }, selection);
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    ({ email } = await newcomer(forum));
  });
  afterAll(() => forum.close());

  test('returns the author and a valid token, for the address in any case', async () => {
    const answer = await signIn({ email: ` ${email.toUpperCase()} ` }, 'token author { name }');
    const { token, author } = answer.data.signIn;
    expect((await forum.askWith(token, VIEWER)).data.viewer.author.name).toBe(author.name);
  });

  test('accepts a password from every keyboard', async () => {
    const composed = await newcomer(forum, { password: 'caf\u00e9 au lait' });
    const answer = await signIn({ email: composed.email, password: 'cafe\u0301 au lait' });
    expect(answer.errors).toBeUndefined();
  });

  test('gives a wrong password and an unknown address the same message, with as many statements', async () => {
    const before = await rowsAsText(forum.db);
    const asked = async (input: Record<string, unknown>) => {
      let statements = 0;
      const stop = forum.db.onStatement(() => {
        statements++;
      });
      const answer = await signIn(input);
      stop();
      return { answer, statements };
    };
    const known = await asked({ password: 'not my password' });
    const unknown = await asked({ email: 'nobody@example.com', password: 'not my password' });
    expect(known).toEqual(unknown);
    expect(refusalOf(known.answer)).toEqual(WRONG);
    expect(await rowsAsText(forum.db)).toBe(before);
  });

  test.each([
    [{ email: 'nonsense' }, { code: 'BAD_USER_INPUT', field: 'input.email' }],
    [{ password: '' }, WRONG],
    [{ password: PASSWORD.toUpperCase() }, WRONG],
    [{ password: `${PASSWORD} ` }, WRONG],
    [{ password: 'p'.repeat(257) }, { code: 'BAD_USER_INPUT', field: 'input.password' }],
    [{ idempotencyKey: 'short' }, { code: 'BAD_USER_INPUT', field: 'input.idempotencyKey' }],
  ])('refuses %j, and writes nothing', async (input, refusal) => {
    const before = await rowsAsText(forum.db);
    expect(refusalOf(await signIn(input))).toEqual(refusal);
    expect(await rowsAsText(forum.db)).toBe(before);
  });

  test('begins one session for fifty repeats at once', async () => {
    const before = await rowCounts(forum.db);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        signIn({ idempotencyKey: '7be1-sign-in-repeat' }, 'token session { id }'),
      ),
    );
    expect(answers[0]?.errors).toBeUndefined();
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await rowCounts(forum.db)).session).toBe(before.session + 1);
  });

  test('renews a hash with other parameters when its owner signs in, and no other', async () => {
    const [one, other] = [await newcomer(forum), await newcomer(forum)];
    const weak = await hash(PASSWORD, WEAK);
    await forum.db.transaction(async (tx) => {
      for (const person of [one, other]) await tx.run(setHash, [weak, person.email]);
    });
    expect((await signIn({ email: one.email, password: 'not my password' })).errors).toHaveLength(1);
    expect(await forum.db.read.all(hashes, [one.email])).toEqual([{ hash: weak }]);
    expect((await signIn({ email: one.email })).errors).toBeUndefined();
    const [renewed] = await forum.db.read.all(hashes, [one.email]);
    expect(renewed?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await forum.db.read.all(hashes, [other.email])).toEqual([{ hash: weak }]);
    expect((await signIn({ email: one.email })).errors).toBeUndefined();
  });

  test('keeps at most a hundred sessions of one account: the oldest ends', async () => {
    const person = await newcomer(forum);
    await forum.db.write(async (tx) => {
      const { id: _, ...row } = await tx.session.findFirstOrThrow({ orderBy: { id: 'desc' } });
      const another = (_: unknown, n: number) => ({
        ...row,
        id: newId(forum.now()),
        hash: `another ${n}`,
      });
      await tx.session.createMany({ data: Array.from({ length: 94 }, another) });
    });
    await Promise.all(Array.from({ length: 5 }, () => signIn({ email: person.email })));
    const last = await signIn({ email: person.email });
    const { data } = await forum.askWith(last.data.signIn.token, '{ viewer { sessions { totalCount } } }');
    expect(data).toEqual({ viewer: { sessions: { totalCount: 100 } } });
    expect((await forum.askWith(person.token, VIEWER)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('limits on signing in', () => {
  const wrong = { password: 'not my password' };
  const limited = { code: 'RATE_LIMITED' };

  test('a wrong password counts and a right one does not: after ten wrong ones, none is accepted for a while', async () => {
    const forum = await openForum('sqlite', 'empty', {}, { limiter: createLimiter() });
    const { email } = await newcomer(forum);
    const signIn = (input: object) => forum.do('signIn', { email, password: PASSWORD, ...input }, 'token');
    for (let i = 0; i < 12; i++) expect((await signIn({})).errors).toBeUndefined();
    for (let i = 0; i < 10; i++) expect(refusalOf(await signIn(wrong))).toEqual(WRONG);
    const before = await rowsAsText(forum.db);
    expect(refusalOf(await signIn(wrong))).toEqual(limited);
    const { errors } = await signIn({});
    expect(errors?.[0]?.extensions).toMatchObject({ ...limited, retryAfter: expect.any(Number) });
    expect(await rowsAsText(forum.db)).toBe(before);
    await forum.close();
  });

  test('an unknown address is limited as a known one is', async () => {
    const forum = await openForum('sqlite', 'empty', {}, { limiter: createLimiter() });
    const signIn = () => forum.do('signIn', { email: 'nobody@example.com', ...wrong }, 'token');
    for (let i = 0; i < 10; i++) expect(refusalOf(await signIn())).toEqual(WRONG);
    expect(refusalOf(await signIn())).toEqual(limited);
    await forum.close();
  });

  test('one address may try fifty wrong passwords, for any accounts, also all at once', async () => {
    const forum = await openForum('sqlite', 'empty', {}, { limiter: createLimiter() });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        forum.do('signIn', { email: `nobody-${n}@example.com`, ...wrong }, 'token'),
      ),
    );
    const codes = answers.map((answer) => refusalOf(answer)['code']);
    expect(codes.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(50);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(10);
    await forum.close();
  });

  test('a wrong current password counts as a guess in changePassword too, and a right one does not', async () => {
    const forum = await openForum('sqlite', 'empty', {}, { limiter: createLimiter() });
    const { email, token } = await newcomer(forum);
    const change = (currentPassword: string, newPassword: string) =>
      forum.do('changePassword', { currentPassword, newPassword }, 'clientMutationId', token);
    const next = 'four small elephants';
    for (let n = 0; n < 3; n++) {
      expect((await change(PASSWORD, next)).errors).toBeUndefined();
      expect((await change(next, PASSWORD)).errors).toBeUndefined();
    }
    for (let n = 0; n < 4; n++)
      expect(refusalOf(await change(wrong.password, next))).toEqual({
        ...{ code: 'INVALID_CREDENTIALS', field: 'input.currentPassword' },
      });
    const signIn = (password: string) => forum.do('signIn', { email, password }, 'token');
    for (let n = 0; n < 6; n++) expect(refusalOf(await signIn(wrong.password))).toEqual(WRONG);
    expect(refusalOf(await signIn(PASSWORD))).toEqual(limited);
    await forum.close();
  });

  test('one address makes twenty accounts an hour, and requests five e-mails to one person', async () => {
    const forum = await openForum('sqlite', 'empty', {}, { limiter: createLimiter() });
    const make = (n: number) =>
      forum.do('createAccount', { email: `n${n}@example.com`, password: PASSWORD, name: `N ${n}` }, 'token');
    for (let n = 0; n < 20; n++) expect((await make(n)).errors).toBeUndefined();
    expect(refusalOf(await make(20))).toEqual(limited);
    expect((await rowCounts(forum.db)).account).toBe(20);
    const ask = (email: string) => forum.do('requestPasswordReset', { email }, 'clientMutationId');
    for (const email of ['n1@example.com', 'nobody@example.com']) {
      for (let i = 0; i < 5; i++) expect((await ask(email)).errors).toBeUndefined();
      expect(refusalOf(await ask(email))).toEqual(limited);
    }
    await forum.close();
  });
});
