import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ExternalTokenSettings,
  type KeyTimes,
  openExternalIdentities,
} from '../../../src/identity/index.ts';
import { newId } from '../../../src/store/ids.ts';
import { statement } from '../../../src/store/index.ts';
import { type Answer, type Forum, openForum } from '../../support/forum.ts';
import { CLAIMS, type Host, openHost, SECONDS, signShared, unsigned } from '../../support/host.ts';

const ROWS = statement<{ authors: number; identities: number }>(
  'test.people',
  `SELECT (SELECT count(*) FROM author) AS "authors", (SELECT count(*) FROM external_identity) AS "identities"`,
);
const VIEWER = '{ viewer { name } }';
const REFUSED = {
  errors: [
    {
      message: 'This credential is invalid or has expired: sign in again.',
      extensions: { code: 'UNAUTHENTICATED' },
    },
  ],
};

const textOf = (key: object, type: 'spki' | 'pkcs1') =>
  createPublicKey({ key: key as never, format: 'jwk' }).export({ type, format: 'pem' }) as string;

let host: Host;
const open: Forum[] = [];
beforeAll(async () => {
  host = await openHost();
  await host.addKey('one');
  await host.addKey('unknown', { served: false });
});
afterAll(async () => {
  await Promise.all(open.map((forum) => forum.close()));
  await host.close();
});

async function forumWith(
  settings: Partial<ExternalTokenSettings> = {},
  times: Partial<KeyTimes> = {},
): Promise<{ forum: Forum; ask: (token: string) => Promise<Answer>; notes: unknown[] }> {
  const notes: unknown[] = [];
  const hosts = await openExternalIdentities(host.settings(settings), newId, (url) => notes.push(url), times);
  const forum = await openForum('sqlite', 'empty', {}, { hosts });
  open.push(forum);
  return { forum, ask: (token) => forum.askWith(token, VIEWER), notes };
}

describe('a token of the host', () => {
  test('lets its bearer in while it is good', async () => {
    const { ask } = await forumWith();
    expect(await ask(await host.sign('one', { name: 'Una' }))).toEqual({ data: { viewer: { name: 'Una' } } });
  });

  const forged: Record<string, () => Promise<string> | string> = {
    'was signed by somebody else under a known key id': async () => host.sign('unknown', {}, { kid: 'one' }),
    'names a key that nobody knows': () => host.sign('unknown'),
    'was changed after it was signed': async () => {
      const [head, , signature] = (await host.sign('one')).split('.');
      return `${head}.${unsigned({ ...CLAIMS, sub: 'user-2' })}.${signature}`;
    },
    'has expired': () => host.sign('one', { exp: SECONDS }),
    'does not expire': () => host.sign('one', { exp: undefined }),
    'is not good yet': () => host.sign('one', { nbf: SECONDS + 1 }),
    'is for others': () => host.sign('one', { aud: 'another-site' }),
    'is for nobody': () => host.sign('one', { aud: undefined }),
    'comes from elsewhere': () => host.sign('one', { iss: 'https://accounts.host.example.evil.example' }),
    'says nobody issued it': () => host.sign('one', { iss: undefined }),
    'is about nobody': () => host.sign('one', { sub: undefined }),
    'is about an empty name': () => host.sign('one', { sub: '' }),
    'is about half a letter': () => host.sign('one', { sub: 'user\ud800' }),
    'is about U+0000': () => host.sign('one', { sub: 'user\0' }),
    'is about more than a name': () => host.sign('one', { sub: 'u'.repeat(256) }),
    'has an expiry that is no number': () => host.sign('one', { exp: 'never' as never }),
    'is not signed: alg none': () => `${unsigned({ alg: 'none' })}.${unsigned(CLAIMS)}.`,
    'is not signed: alg None with a signature': () => `${unsigned({ alg: 'None' })}.${unsigned(CLAIMS)}.AAAA`,
    'is signed with the public key as a secret': () =>
      signShared(new TextEncoder().encode(textOf(host.publicKey('one'), 'spki'))),
    'is signed with the public key in its other form as a secret': () =>
      signShared(new TextEncoder().encode(textOf(host.publicKey('one'), 'pkcs1'))),
    'is signed with the modulus as a secret': () =>
      signShared(Buffer.from(host.publicKey('one').n ?? '', 'base64url')),
    'asks for an extension that must be understood': () =>
      host
        .sign('one', {}, { crit: ['exp'], exp: SECONDS + 300 })
        .catch(
          () =>
            `${unsigned({ alg: 'RS256', kid: 'one', crit: ['b64'], b64: false })}.${unsigned(CLAIMS)}.AAAA`,
        ),
    'brings its own key': async () =>
      host.sign('unknown', {}, { kid: 'one', jwk: host.publicKey('unknown') }),
    'brings the address of its own keys': async () =>
      host.sign('unknown', {}, { kid: 'one', jku: 'http://127.0.0.1:9/jwks' }),
    'is no token': () => 'abc.def.ghi',
    'is half a token': () => 'abc.def',
    'looks like ours': () => 'prl_key_abc.def.ghi',
  };

  test('is refused with the same words whatever is wrong with it, and nobody is made an author', async () => {
    const { forum, ask } = await forumWith();
    for (const [what, make] of Object.entries(forged))
      expect({ [what]: await ask(await make()) }).toEqual({ [what]: REFUSED });
    expect(await forum.db.read.all(ROWS, [])).toEqual([{ authors: 0, identities: 0 }]);
  });

  test('is refused where no host is set up', async () => {
    const forum = await openForum('sqlite', 'empty');
    open.push(forum);
    expect(await forum.askWith(await host.sign('one'), VIEWER)).toEqual(REFUSED);
  });

  test('is as good as the clock says: it expires when the clock jumps on, and is good again when it jumps back', async () => {
    const { forum, ask } = await forumWith();
    const token = await host.sign('one', { nbf: SECONDS });
    forum.wait(299_000);
    expect((await ask(token)).errors).toBeUndefined();
    forum.wait(1_000);
    expect(await ask(token)).toEqual(REFUSED);
    forum.wait(-300_000);
    expect((await ask(token)).errors).toBeUndefined();
    forum.wait(-2_000);
    expect(await ask(token)).toEqual(REFUSED);
  });

  test('may be off by as much as the clocks may', async () => {
    const { ask } = await forumWith({ clockToleranceSeconds: 30 });
    expect(
      (await ask(await host.sign('one', { exp: SECONDS - 29, nbf: SECONDS + 29 }))).errors,
    ).toBeUndefined();
    expect(await ask(await host.sign('one', { exp: SECONDS - 31 }))).toEqual(REFUSED);
    expect(await ask(await host.sign('one', { nbf: SECONDS + 31 }))).toEqual(REFUSED);
  });
});

describe('the keys of the host', () => {
  test('are asked for once, however many tokens come', async () => {
    const { ask } = await forumWith();
    const before = host.asked();
    const token = await host.sign('one');
    await Promise.all(Array.from({ length: 20 }, () => ask(token)));
    expect(host.asked()).toBe(before + 1);
  });

  test('change: a new one is found when a token names it, a removed one is good no longer', async () => {
    const { ask } = await forumWith({}, { cooldownMs: 0 });
    await host.addKey('old');
    const old = await host.sign('old');
    expect((await ask(old)).errors).toBeUndefined();
    await host.addKey('new', { alg: 'ES256' });
    host.removeKey('old');
    expect((await ask(await host.sign('new'))).errors).toBeUndefined();
    expect(await ask(old)).toEqual(REFUSED);
  });

  test('are not asked for again and again because of made-up key ids', async () => {
    const { ask } = await forumWith({}, { cooldownMs: 60_000 });
    await ask(await host.sign('one'));
    const before = host.asked();
    for (let n = 0; n < 5; n++)
      expect(await ask(await host.sign('unknown', {}, { kid: `made-up-${n}` }))).toEqual(REFUSED);
    expect(host.asked()).toBe(before);
  });

  test.each(['badly', 'silently'] as const)(
    'cannot be had because the host answers %s: UNAVAILABLE soon, for that is no fault of the token',
    async (how) => {
      const { forum, ask, notes } = await forumWith({}, { timeoutMs: 200, pauseMs: 1_000 });
      host.behave(how);
      try {
        const started = performance.now();
        const first = await ask(await host.sign('one'));
        const answers = await Promise.all(
          Array.from({ length: 10 }, async () => ask(await host.sign('one'))),
        );
        for (const { errors } of [first, ...answers])
          expect(errors?.[0]?.extensions).toEqual({ code: 'UNAVAILABLE' });
        expect(performance.now() - started).toBeLessThan(2_000);
        expect(notes).toEqual([host.jwksUrl]);
        const response = await fetch(`${forum.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${await host.sign('one')}` },
          body: JSON.stringify({ query: VIEWER }),
        });
        expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
      } finally {
        host.behave('well');
      }
      await new Promise((done) => setTimeout(done, 1_100));
      expect((await ask(await host.sign('one'))).errors).toBeUndefined();
    },
  );

  test('that are set outright need no host; several that fit a token without a key id are tried', async () => {
    await host.addKey('two');
    const keys = [host.publicKey('unknown'), host.publicKey('two')].map(({ kid: _kid, ...key }) => key);
    const { ask } = await forumWith({ jwksUrls: [], jwks: { keys } });
    expect((await ask(await host.sign('two', {}, { kid: undefined }))).errors).toBeUndefined();
    expect(await ask(await host.sign('one', {}, { kid: undefined }))).toEqual(REFUSED);
  });
});

describe('shared secrets', () => {
  const secrets = ['first', 'second'].map((text) => new TextEncoder().encode(text.padEnd(32, '.')));
  const [first = new Uint8Array(), second = new Uint8Array()] = secrets;

  test('change one after the other: either is good while both are set, and a third never', async () => {
    const both = await forumWith({ jwksUrls: [], secrets, algorithms: ['HS256'] });
    for (const secret of secrets) expect((await both.ask(await signShared(secret))).errors).toBeUndefined();
    expect(await both.ask(await signShared(first.map((byte) => byte + 1)))).toEqual(REFUSED);
    expect(await both.ask(await signShared(first, {}, 'HS384'))).toEqual(REFUSED);
    const later = await forumWith({ jwksUrls: [], secrets: [second], algorithms: ['HS256'] });
    expect(await later.ask(await signShared(first))).toEqual(REFUSED);
  });

  test('beside public keys open nothing to a token that is signed with a public key', async () => {
    const { ask } = await forumWith({ secrets, algorithms: ['RS256', 'HS256'] });
    expect((await ask(await host.sign('one'))).errors).toBeUndefined();
    expect((await ask(await signShared(second))).errors).toBeUndefined();
    const spki = new TextEncoder().encode(textOf(host.publicKey('one'), 'spki'));
    expect(await ask(await signShared(spki))).toEqual(REFUSED);
  });
});
