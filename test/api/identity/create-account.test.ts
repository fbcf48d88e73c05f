import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { newcomer, PASSWORD, rowCounts, rowsAsText, VIEWER } from './account-rows.ts';

const byEmail = statement<{ hash: string; authorId: string }>(
  'test.account by email',
  'SELECT password_hash AS "hash", author_id AS "authorId" FROM account WHERE email = ?',
);

const good = { email: 'ada@example.com', password: PASSWORD, name: 'Ada Quay' };
const ALL = `clientMutationId token
  author { handle name jobTitle company role } session { createdAt lastUsedAt expiresAt userAgent isCurrent }`;

interface Problem {
  readonly code: string;
  readonly field: string;
}

describe.each(engines)('createAccount on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  test('creates an author, an account and a session, and its token signs in', async () => {
    const answer = await forum.do(
      'createAccount',
      {
        ...good,
        email: ' ADA@Example.com ',
        jobTitle: 'Engineer',
        company: 'Quay Ltd',
        clientMutationId: 'c1',
      },
      ALL,
    );
    const { token, ...rest } = answer.data.createAccount;
    expect(rest).toEqual({
      clientMutationId: 'c1',
      author: {
        handle: 'ada-quay',
        name: 'Ada Quay',
        jobTitle: 'Engineer',
        company: 'Quay Ltd',
        role: 'MEMBER',
      },
      session: {
        createdAt: CAPTURED_AT.toISOString(),
        lastUsedAt: CAPTURED_AT.toISOString(),
        expiresAt: new Date(CAPTURED_AT.getTime() + 30 * 24 * 3600 * 1000).toISOString(),
        userAgent: 'node',
        isCurrent: false,
      },
    });
    expect(token).toMatch(/^prl_ses_[0-9A-Za-z]{38}$/);
    const { data } = await forum.askWith(
      token,
      '{ viewer { author { name } account { email emailConfirmedAt } } }',
    );
    expect(data).toEqual({
      viewer: {
        author: { name: 'Ada Quay' },
        account: { email: 'ada@example.com', emailConfirmedAt: null },
      },
    });
  });

  test('stores neither the password nor the token, but argon2id and a hash', async () => {
    const { email, token } = await newcomer(forum);
    const [account] = await forum.db.read.all(byEmail, [email]);
    expect(account?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const rows = await rowsAsText(forum.db);
    expect(rows).not.toContain(PASSWORD);
    expect(rows).not.toContain(token);
  });

  test('uses the requested handle, and refuses a taken one', async () => {
    const unset = { jobTitle: null, company: null };
    const mine = { ...good, ...unset, email: 'handle@example.com', handle: 'the-only-one' };
    const first = await forum.do('createAccount', mine, 'author { handle }');
    expect(first.data.createAccount).toEqual({ author: { handle: 'the-only-one' } });
    await forum.emails(); // what waits is sent
    const before = await rowsAsText(forum.db);
    const second = await forum.do('createAccount', { ...mine, email: 'second@example.com' }, 'token');
    expect(refusalOf(second)).toEqual({ code: 'CONFLICT', field: 'input.handle' });
    expect(await rowsAsText(forum.db)).toBe(before);
  });

  test.each([
    [{ email: 'ada' }, 'BAD_USER_INPUT', 'input.email'],
    [{ email: `${'a'.repeat(250)}@example.com` }, 'BAD_USER_INPUT', 'input.email'],
    [{ email: 'a@b@example.com' }, 'BAD_USER_INPUT', 'input.email'],
    [{ email: 'ada@example.com' }, 'CONFLICT', 'input.email'],
    [{ email: 'ADA@EXAMPLE.COM' }, 'CONFLICT', 'input.email'],
    [{ password: 'nine char' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: 'x1'.repeat(65) }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: 'NEW@example.com' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: 'Password123' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: '           ' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: 'Password1234!' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: '12345678901' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: 'summer2026!' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: 'winter2025?' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: 'qwertyuiop12' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: 'iloveyou2024' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: 'P4ssw0rdP4ssw0rd' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: 'abcabcabcabcabcabc' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: 'password'.repeat(16) }, 'BAD_USER_INPUT', 'input.password'],
    [{ email: 'una.lovelace@example.com', password: 'Lovelace-1815' }, 'BAD_USER_INPUT', 'input.password'],
    [{ name: 'Una Lovelace', password: 'unalovelace!7' }, 'BAD_USER_INPUT', 'input.password'],
    [{ name: 'Una Lovelace', password: 'ECALEVOLanu12' }, 'BAD_USER_INPUT', 'input.password'],
    [{ handle: 'countess-of-numbers', password: 'CountessOfNumbers' }, 'BAD_USER_INPUT', 'input.password'],
    [{ password: '\u0301'.repeat(100_000) }, 'BAD_USER_INPUT', 'input.password'],
    [{ email: `${'\u0301'.repeat(100_000)}@example.com` }, 'BAD_USER_INPUT', 'input.email'],
    [{ name: 'una@example.com' }, 'BAD_USER_INPUT', 'input.name'],
    [{ name: 'Una (una@example.com)' }, 'BAD_USER_INPUT', 'input.name'],
    [{ name: 'una\uff20example.com' }, 'BAD_USER_INPUT', 'input.name'],
    [{ name: '   ' }, 'BAD_USER_INPUT', 'input.name'],
    [{ name: 'a'.repeat(101) }, 'BAD_USER_INPUT', 'input.name'],
    [{ name: 'Ada\u202E' }, 'BAD_USER_INPUT', 'input.name'],
    [{ title: 'a\nb' }, 'BAD_USER_INPUT', 'input.title'],
    [{ company: 'c'.repeat(201) }, 'BAD_USER_INPUT', 'input.company'],
    [{ handle: 'Not A Handle' }, 'BAD_USER_INPUT', 'input.handle'],
    [{ handle: '' }, 'BAD_USER_INPUT', 'input.handle'],
    [{ idempotencyKey: 'too short' }, 'BAD_USER_INPUT', 'input.idempotencyKey'],
  ])('refuses %j, writes nothing and sends no e-mail', async (wrong, code, field) => {
    await forum.do('createAccount', good, 'token');
    await forum.emails(); // what waits is sent
    const before = [await rowsAsText(forum.db), (await forum.emails()).length];
    const input = { email: 'new@example.com', password: PASSWORD, name: 'New', ...wrong };
    expect(refusalOf(await forum.do('createAccount', input, 'token'))).toEqual({ code, field });
    expect([await rowsAsText(forum.db), (await forum.emails()).length]).toEqual(before);
  });

  test('reports everything that is wrong with the input at once', async () => {
    await forum.emails(); // what waits is sent
    const before = await rowsAsText(forum.db);
    const input = {
      ...{ email: 'una', password: 'short', name: ' ', handle: 'Not A Handle' },
      ...{ jobTitle: 'a\nb', company: 'c'.repeat(201) },
    };
    const { errors } = await forum.do('createAccount', input, 'token');
    const fields = ['email', 'name', 'jobTitle', 'company', 'handle', 'password'];
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toEqual({
      ...{ code: 'BAD_USER_INPUT', field: 'input.email' },
      problems: fields.map((field) => ({
        ...{ code: 'BAD_USER_INPUT', field: `input.${field}`, message: expect.stringMatching(/\.$/) },
      })),
    });
    expect(await rowsAsText(forum.db)).toBe(before);
  });

  test('reports a taken handle with what is invalid, and a taken address only if nothing else is wrong', async () => {
    const taken = { ...good, email: 'taken@example.com', handle: 'taken-handle' };
    await forum.do('createAccount', taken, 'token');
    const problems = async (wrong: Record<string, unknown>) => {
      const { errors } = await forum.do('createAccount', { ...taken, ...wrong }, 'token');
      const refused = errors?.[0]?.extensions as Problem & { problems?: Problem[] };
      const one = ({ code, field }: Problem) => [code, field];
      return [one(refused), refused.problems?.map(one) ?? null];
    };
    const short = ['BAD_USER_INPUT', 'input.password'];
    const handle = ['CONFLICT', 'input.handle'];
    expect(await problems({ password: 'short' })).toEqual([short, [short, handle]]);
    expect(await problems({ password: 'short', handle: 'free' })).toEqual([short, [short]]);
    const key = ['BAD_USER_INPUT', 'input.idempotencyKey'];
    expect(await problems({ password: 'short', idempotencyKey: 'k' })).toEqual([short, [short, key, handle]]);
    expect(await problems({ idempotencyKey: 'k' })).toEqual([key, [key, handle]]);
    expect(await problems({})).toEqual([handle, null]);
    expect(await problems({ handle: 'free' })).toEqual([['CONFLICT', 'input.email'], null]);
  });

  test('names the job title in what it refuses', async () => {
    const input = { ...good, email: 'long@example.com', jobTitle: 'j'.repeat(151) };
    const { errors } = await forum.do('createAccount', input, 'token');
    expect(errors?.[0]?.message).toBe('A job title has at most 150 characters, not 151.');
  });

  test('gives fifty repeats at once one account and equal responses, and sends one e-mail', async () => {
    await forum.emails(); // what waits is sent
    const before = await rowCounts(forum.db);
    const input = {
      ...{ email: 'repeat@example.com', password: PASSWORD, name: 'Repeat' },
      idempotencyKey: '0f0c7d1e-repeat-create',
    };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        forum.do('createAccount', input, 'token author { id } session { id }'),
      ),
    );
    expect(answers[0]?.errors).toBeUndefined();
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await rowCounts(forum.db)).toEqual({
      ...before,
      account: before.account + 1,
      author: before.author + 1,
      session: before.session + 1,
      mail_token: before.mail_token + 1,
      idempotency_key: before.idempotency_key + 1,
    });
    expect((await forum.emails()).filter(({ to }) => to === 'repeat@example.com')).toHaveLength(1);
    const token = answers[0]?.data.createAccount.token;
    expect((await forum.askWith(token, VIEWER)).data.viewer.author.name).toBe('Repeat');
    const other = await forum.do('createAccount', { ...input, password: `${PASSWORD}s` }, 'token');
    expect(refusalOf(other)).toEqual({ code: 'IDEMPOTENCY_KEY_REUSED', field: 'input.idempotencyKey' });
    expect(await rowsAsText(forum.db)).not.toContain(token);
  });

  test('gives one account to twenty requests for one address at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        forum.do('createAccount', { email: 'race@example.com', password: PASSWORD, name: `R ${n}` }, 'token'),
      ),
    );
    expect(answers.filter((answer) => !answer.errors)).toHaveLength(1);
    for (const answer of answers.filter(({ errors }) => errors))
      expect(refusalOf(answer)).toEqual({ code: 'CONFLICT', field: 'input.email' });
    expect(await forum.db.read.all(byEmail, ['race@example.com'])).toHaveLength(1);
  });
});

describe.each(engines)('a forum without sign-up on %s', (engine) => {
  test('refuses createAccount, and writes nothing', async () => {
    const forum = await openForum(engine, 'empty', { signUp: false });
    const answer = await forum.do('createAccount', good, 'token');
    expect(refusalOf(answer)).toEqual({ code: 'FORBIDDEN' });
    expect(await rowCounts(forum.db)).toMatchObject({ account: 0, author: 0, session: 0, mail_token: 0 });
    await forum.close();
  });
});
