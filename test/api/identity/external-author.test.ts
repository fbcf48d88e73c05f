import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorOf } from '../../../src/identity/external-author.ts';
import { type ClaimNames, DEFAULT_CLAIMS, openExternalIdentities } from '../../../src/identity/index.ts';
import { newId } from '../../../src/store/ids.ts';
import { insertRow, statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../../support/forum.ts';
import { CLAIMS, SECONDS, signShared, UNLOGGED } from '../../support/identity-provider.ts';

const SECRET = new TextEncoder().encode('a secret of thirty-two characters');
const NAMES: ClaimNames = {
  ...DEFAULT_CLAIMS,
  company: 'org.name',
  role: 'roles',
  categories: 'mod_of',
  products: 'vendor_of',
};
const ME = '{ viewer { author { id name jobTitle company avatarUrl role handle } } }';
const ROWS = statement<{ authors: number; identities: number }>(
  'test.people',
  `SELECT (SELECT count(*) FROM author) AS "authors", (SELECT count(*) FROM external_identity) AS "identities"`,
);
const TWINS = statement<{ issuer: string; subject: string; authorId: string; claimsHash: string }>(
  'test.twins',
  `SELECT issuer, subject, author_id AS "authorId", claims_hash AS "claimsHash" FROM external_identity
    WHERE subject LIKE 'twin%' ORDER BY issuer, subject`,
);
const MODERATED = statement<{ slug: string; name: string }>(
  'test.moderated',
  `SELECT c.slug, a.name FROM moderated_category m JOIN category c ON c.id = m.category_id
    JOIN author a ON a.id = m.author_id ORDER BY c.slug`,
);
const SPOKEN_FOR = statement<{ slug: string }>(
  'test.spokenFor',
  'SELECT p.slug FROM vendor_product v JOIN product p ON p.id = v.product_id ORDER BY p.slug',
);

describe.each(engines)('the author of an external token on %s', (engine) => {
  const forums: Forum[] = [];
  afterAll(() => Promise.all(forums.map((opened) => opened.close())));
  let forum: Forum;
  let plain: Forum;
  const open = async (claims: ClaimNames) => {
    const settings = {
      ...{
        issuer: CLAIMS.iss ?? '',
        audiences: [String(CLAIMS.aud)],
        jwksUrls: [],
        jwks: null,
        secrets: [SECRET],
      },
      ...{ algorithms: ['HS256'], clockToleranceSeconds: 0, claims },
    };
    const externalIdentities = await openExternalIdentities(settings, newId, UNLOGGED);
    const opened = await openForum(engine, 'empty', {}, { externalIdentities });
    forums.push(opened);
    return opened;
  };
  const me = async (of: Forum, claims: Record<string, unknown>) => {
    const { data, errors } = await of.askWith(await signShared(SECRET, claims), ME);
    expect(errors).toBeUndefined();
    const { id, ...described } = data.viewer.author;
    return described;
  };
  beforeAll(async () => {
    [forum, plain] = [await open(NAMES), await open(DEFAULT_CLAIMS)];
    await forum.db.transaction(async (tx) => {
      for (const slug of ['backup', 'storage'])
        await insertRow(tx, 'category', { id: newId(), slug, name: slug });
      await insertRow(tx, 'product', { id: newId(), slug: 'vaulty', name: 'Vaulty' });
    });
  });

  test('a fault of the database is thrown, and not taken for a lost race', async () => {
    const fault = new Error('The disk is full.');
    let attempts = 0;
    const forActor = async () => {
      if (attempts++ === 0) throw fault;
      return plain.db;
    };
    const person = {
      ...{ issuer: 'https://id.example', subject: 'faulty', handle: null, issuedAt: CAPTURED_AT },
      profile: { description: { name: 'Faulty' } },
    };
    await expect(authorOf({ ...plain.db, forActor }, CAPTURED_AT, newId, person)).rejects.toBe(fault);
  });

  test('fifty first requests at once create one author', async () => {
    const token = await signShared(SECRET, { sub: 'many', name: 'Many', preferred_username: 'Many' });
    const answers = await Promise.all(Array.from({ length: 50 }, () => plain.askWith(token, ME)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.data.viewer.author).toMatchObject({ name: 'Many', handle: 'many' });
    expect(await plain.db.read.all(ROWS, [])).toEqual([{ authors: 1, identities: 1 }]);
  });

  test('two people with one name are two authors', async () => {
    expect((await me(forum, { sub: 'jo-1', name: 'Jo' })).handle).toBe('jo');
    expect((await me(forum, { sub: 'jo-2', name: 'Jo' })).handle).toBe('jo-2');
  });

  test('claims describe the author as far as the rules for texts allow', async () => {
    const claims = {
      ...{ sub: 'una', name: '  Una Ní  ', title: 'x'.repeat(500), org: { name: 'Harbour' } },
      ...{ picture: 'https://img.example/una.png', preferred_username: 'Una Two' },
    };
    expect(await me(forum, claims)).toEqual({
      ...{ name: 'Una Ní', jobTitle: null, company: 'Harbour', role: 'MEMBER', handle: 'una-two' },
      avatarUrl: 'https://img.example/una.png',
    });
    const odd = { sub: 'odd', name: '\u202Eevil', picture: 'javascript:alert(1)', preferred_username: 7 };
    expect(await me(forum, odd)).toEqual({
      ...{ name: null, jobTitle: null, company: null, avatarUrl: null, role: 'MEMBER', handle: 'author' },
    });
  });

  test.each([
    ['una@corp.example', 'Una Quay', 'una-quay', 'Una Quay'],
    ['una@corp.example', 'una@corp.example', 'author', null],
    ['una@corp', undefined, 'author', null],
    ['mailto:una@corp.example', 'Una Quay', 'una-quay', 'Una Quay'],
    ['una\uff20corp.example', 'Una (una@corp.example)', 'author', null],
    ['una', 'una@corp.example', 'una', null],
    [undefined, 'Una @ Corp', 'una-corp', 'Una @ Corp'],
  ])(
    'an e-mail address is neither a handle nor a name: preferred_username %s, name %s',
    async (username, name, handle, shown) => {
      const sub = `address ${username} ${name}`;
      const person = await me(forum, { sub, name, preferred_username: username });
      expect(person.handle.replace(/-\d+$/, '')).toBe(handle);
      expect(person.name).toBe(shown);
      // nor does a later token bring it
      const later = await me(forum, { sub, name: 'later@corp.example', title: 'CTO', iat: SECONDS });
      expect(later.name).toBe(shown);
    },
  );

  test('nor does an operator’s name for a key become a handle if it is one', async () => {
    const key = forum.as('ops@corp.example');
    const { data } = await key.ask('{ viewer { author { handle } } }');
    expect(data.viewer.author.handle).toMatch(/^author(-\d+)?$/);
  });

  test('changed claims are written once and unchanged ones never: then a request costs one statement more than a guest’s', async () => {
    await me(forum, { sub: 'vera', name: 'Vera' });
    expect(await me(forum, { sub: 'vera', name: 'Vera II', iat: SECONDS })).toMatchObject({
      name: 'Vera II',
    });
    const count = async (token?: string) => {
      const asked: string[] = [];
      const stop = forum.db.onStatement((sql) => asked.push(sql));
      if (token) await forum.askWith(token, '{ serverInfo { name } }');
      else await forum.ask('{ serverInfo { name } }');
      stop();
      return asked.length;
    };
    const token = await signShared(SECRET, { sub: 'vera', name: 'Vera II', iat: SECONDS });
    expect(await count(token)).toBe((await count()) + 1);
    expect((await me(forum, { sub: 'vera' })).name).toBe('Vera II');
  });

  test('changed claims of one person are nobody else’s, of no other issuer either', async () => {
    const same = { name: 'Twin', title: 'CTO' };
    for (const sub of ['twin-1', 'twin-2']) await me(forum, { sub, ...same });
    const [one, two] = await forum.db.read.all(TWINS, []);
    const elsewhere = { ...one, authorId: two?.authorId ?? '', issuer: 'https://other.example' };
    const [createdAt, claimsIssuedAt] = [new Date(SECONDS * 1000), new Date(SECONDS * 1000)];
    await forum.db.transaction(async (tx) => {
      const row = { ...elsewhere, subject: 'twin-1', claimsHash: one?.claimsHash ?? '' };
      await insertRow(tx, 'external_identity', { ...row, createdAt, claimsIssuedAt });
    });
    await me(forum, { sub: 'twin-1', ...same, title: 'CEO', iat: SECONDS });
    const [changed, ...others] = await forum.db.read.all(TWINS, []);
    expect(changed).toEqual({ ...one, claimsHash: expect.not.stringMatching(`^${one?.claimsHash}$`) });
    expect(others).toEqual([two, elsewhere]);
    expect((await me(forum, { sub: 'twin-2', ...same })).jobTitle).toBe('CTO');
  });

  test('a handle has at most 40 characters, cut between words', async () => {
    const handleOf = async (name: string) => (await me(forum, { sub: name, name })).handle;
    expect(await handleOf('a'.repeat(40))).toBe('a'.repeat(40));
    expect(await handleOf('b'.repeat(41))).toBe('b'.repeat(40));
    const words = `${'c'.repeat(19)} ${'d'.repeat(20)}`;
    expect(await handleOf(words)).toBe(words.replace(' ', '-'));
    expect(await handleOf(`${words} e`)).toBe(`${words.replace(' ', '-')}-2`);
    expect(await handleOf(`${words}e`)).toBe('c'.repeat(19));
  });

  test('an older token that is still valid does not bring back its claims', async () => {
    const admin = { sub: 'ex', roles: ['admin'], iat: SECONDS - 60 };
    expect((await me(forum, admin)).role).toBe('ADMIN');
    expect((await me(forum, { sub: 'ex', roles: [], iat: SECONDS - 30 })).role).toBe('MEMBER');
    expect((await me(forum, admin)).role).toBe('MEMBER');
    // a provider whose clock was an hour ahead and has been corrected
    expect((await me(forum, { sub: 'ex', roles: 'vendor', iat: SECONDS + 3600 })).role).toBe('VENDOR');
    expect((await me(forum, { sub: 'ex', roles: 'admin', iat: SECONDS })).role).toBe('ADMIN');
  });

  test('the role is the highest known one in the claim for roles, and otherwise MEMBER', async () => {
    const roleOf = async (roles: unknown, sub: string) => (await me(forum, { sub, roles })).role;
    expect(await roleOf(['editor', 'vendor', 'admin'], 'r1')).toBe('ADMIN');
    expect(await roleOf('SUPERADMIN', 'r2')).toBe('MEMBER');
    expect(await roleOf({ admin: true }, 'r3')).toBe('MEMBER');
    expect(await roleOf(undefined, 'r4')).toBe('MEMBER');
    expect((await me(plain, { sub: 'r5', role: 'ADMIN', roles: ['ADMIN'] })).role).toBe('MEMBER');
  });

  test('categories and products are found by slug; a moderator of missing categories is a member, not a moderator of all', async () => {
    expect(
      (await me(forum, { sub: 'm1', name: 'M1', roles: 'moderator', mod_of: ['backup', 'nope'] })).role,
    ).toBe('MODERATOR');
    expect(await forum.db.read.all(MODERATED, [])).toEqual([{ slug: 'backup', name: 'M1' }]);
    const changed = { sub: 'm1', roles: 'moderator', mod_of: 'storage', iat: SECONDS };
    await me(forum, changed);
    expect(await forum.db.read.all(MODERATED, [])).toEqual([{ slug: 'storage', name: 'M1' }]);
    expect((await me(forum, { ...changed, mod_of: ['nope'] })).role).toBe('MEMBER');
    expect((await me(forum, { ...changed, mod_of: [] })).role).toBe('MEMBER');
    expect((await me(forum, { sub: 'v1', roles: 'vendor', vendor_of: ['vaulty'] })).role).toBe('VENDOR');
    expect(await forum.db.read.all(SPOKEN_FOR, [])).toEqual([{ slug: 'vaulty' }]);
  });
});
