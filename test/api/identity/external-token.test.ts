import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ExternalTokenSettings,
  type KeyTimes,
  openExternalIdentities,
} from '../../../src/identity/index.ts';
import { newId } from '../../../src/store/ids.ts';
import { statement } from '../../../src/store/index.ts';
import { type Answer, type Forum, openForum } from '../../support/forum.ts';
import { openProvider, type Provider, SECONDS, signShared } from '../../support/identity-provider.ts';
import { forgedTokens, textOf } from './forged-tokens.ts';

const ROWS = statement<{ authors: number; identities: number }>(
  'test.people',
  `SELECT (SELECT count(*) FROM author) AS "authors", (SELECT count(*) FROM external_identity) AS "identities"`,
);
const VIEWER = '{ viewer { author { name } } }';
const REFUSED = {
  errors: [
    {
      message: 'This credential is invalid or has expired: sign in again.',
      extensions: { code: 'UNAUTHENTICATED' },
    },
  ],
};

let provider: Provider;
const open: Forum[] = [];
beforeAll(async () => {
  provider = await openProvider();
  await provider.addKey('one');
  await provider.addKey('unknown', { served: false });
});
afterAll(async () => {
  await Promise.all(open.map((forum) => forum.close()));
  await provider.close();
});

async function forumWith(
  settings: Partial<ExternalTokenSettings> = {},
  times: Partial<KeyTimes> = {},
): Promise<{
  forum: Forum;
  ask: (token: string) => Promise<Answer>;
  failedUrls: unknown[];
  reasons: string[];
}> {
  const failedUrls: unknown[] = [];
  const reasons: string[] = [];
  const externalIdentities = await openExternalIdentities(
    provider.settings(settings),
    newId,
    {
      keysFailed: (url) => failedUrls.push(url),
      tokenRefused: (reason) => reasons.push(reason),
    },
    times,
  );
  const forum = await openForum('sqlite', 'empty', {}, { externalIdentities });
  open.push(forum);
  return { forum, ask: (token) => forum.askWith(token, VIEWER), failedUrls, reasons };
}

describe('an external token', () => {
  test('signs its bearer in while it is valid', async () => {
    const { ask } = await forumWith();
    expect(await ask(await provider.sign('one', { name: 'Una' }))).toEqual({
      data: { viewer: { author: { name: 'Una' } } },
    });
    expect((await ask(await provider.sign('one', { sub: 'u'.repeat(255) }))).errors).toBeUndefined();
  });

  test('is refused with the same message whatever is wrong with it, and creates no author', async () => {
    const { forum, ask, reasons } = await forumWith();
    for (const [what, make] of Object.entries(forgedTokens(provider)))
      expect({ [what]: await ask(await make()) }).toEqual({ [what]: REFUSED });
    expect(await forum.db.read.all(ROWS, [])).toEqual([{ authors: 0, identities: 0 }]);
    // the operator learns why; what looks like the forum's own never gets here
    expect(reasons).toHaveLength(Object.keys(forgedTokens(provider)).length - 1);
    expect(reasons).toEqual(
      expect.arrayContaining([
        'ERR_JWT_EXPIRED (exp)',
        'ERR_JWT_CLAIM_VALIDATION_FAILED (aud)',
        'sub',
        'not a JWT',
      ]),
    );
    expect(reasons.filter((reason) => !/^[\w (),]+$/.test(reason))).toEqual([]);
  });

  test('is refused if no identity provider is configured', async () => {
    const forum = await openForum('sqlite', 'empty');
    open.push(forum);
    expect(await forum.askWith(await provider.sign('one'), VIEWER)).toEqual(REFUSED);
  });

  test('follows the clock: it expires when the clock jumps forward, and is valid again when it jumps back', async () => {
    const { forum, ask } = await forumWith();
    const token = await provider.sign('one', { nbf: SECONDS });
    forum.wait(299_000);
    expect((await ask(token)).errors).toBeUndefined();
    forum.wait(1_000);
    expect(await ask(token)).toEqual(REFUSED);
    forum.wait(-300_000);
    expect((await ask(token)).errors).toBeUndefined();
    forum.wait(-2_000);
    expect(await ask(token)).toEqual(REFUSED);
  });

  test('tolerates as much clock skew as the setting allows', async () => {
    const { ask } = await forumWith({ clockToleranceSeconds: 30 });
    expect(
      (await ask(await provider.sign('one', { exp: SECONDS - 29, nbf: SECONDS + 29 }))).errors,
    ).toBeUndefined();
    expect(await ask(await provider.sign('one', { exp: SECONDS - 31 }))).toEqual(REFUSED);
    expect(await ask(await provider.sign('one', { nbf: SECONDS + 31 }))).toEqual(REFUSED);
  });
});

describe('the keys of the identity provider', () => {
  test('are fetched once, however many tokens come', async () => {
    const { ask } = await forumWith();
    const before = provider.asked();
    const token = await provider.sign('one');
    await Promise.all(Array.from({ length: 20 }, () => ask(token)));
    expect(provider.asked()).toBe(before + 1);
  });

  test('rotate: a new key is found when a token names it, and a removed key is refused', async () => {
    const { ask } = await forumWith({}, { cooldownMs: 0 });
    await provider.addKey('old');
    const old = await provider.sign('old');
    expect((await ask(old)).errors).toBeUndefined();
    await provider.addKey('new', { alg: 'ES256' });
    provider.removeKey('old');
    expect((await ask(await provider.sign('new'))).errors).toBeUndefined();
    expect(await ask(old)).toEqual(REFUSED);
  });

  test('are not fetched again and again because of made-up key ids', async () => {
    const { ask } = await forumWith({}, { cooldownMs: 60_000 });
    await ask(await provider.sign('one'));
    const before = provider.asked();
    for (let n = 0; n < 5; n++)
      expect(await ask(await provider.sign('unknown', {}, { kid: `made-up-${n}` }))).toEqual(REFUSED);
    expect(provider.asked()).toBe(before);
  });

  test.each(['badly', 'silently'] as const)(
    'cannot be fetched because the provider behaves %s: UNAVAILABLE, and soon',
    async (how) => {
      const { forum, ask, failedUrls } = await forumWith({}, { timeoutMs: 200, pauseMs: 1_000 });
      provider.behave(how);
      try {
        const started = performance.now();
        const first = await ask(await provider.sign('one'));
        const answers = await Promise.all(
          Array.from({ length: 10 }, async () => ask(await provider.sign('one'))),
        );
        for (const { errors } of [first, ...answers])
          expect(errors?.[0]?.extensions).toEqual({ code: 'UNAVAILABLE', retryAfter: 1 });
        expect(performance.now() - started).toBeLessThan(10_000);
        // once a second
        expect(new Set(failedUrls)).toEqual(new Set([provider.jwksUrl]));
        expect(failedUrls.length).toBeLessThan(answers.length / 2);
        const response = await fetch(`${forum.url}/graphql`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${await provider.sign('one')}`,
          },
          body: JSON.stringify({ query: VIEWER }),
        });
        expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
      } finally {
        provider.behave('well');
      }
      await new Promise((done) => setTimeout(done, 1_100));
      expect((await ask(await provider.sign('one'))).errors).toBeUndefined();
    },
  );

  test('from the settings need no request; all that match a token without a key id are tried', async () => {
    await provider.addKey('two');
    const keys = [provider.publicKey('unknown'), provider.publicKey('two')].map(
      ({ kid: _kid, ...key }) => key,
    );
    const { ask } = await forumWith({ jwksUrls: [], jwks: { keys } });
    expect((await ask(await provider.sign('two', {}, { kid: undefined }))).errors).toBeUndefined();
    expect(await ask(await provider.sign('one', {}, { kid: undefined }))).toEqual(REFUSED);
    // and so are those that the provider serves
    const remote = await forumWith();
    expect((await remote.ask(await provider.sign('two', {}, { kid: undefined }))).errors).toBeUndefined();
    expect(await remote.ask(await provider.sign('unknown', {}, { kid: undefined }))).toEqual(REFUSED);
    expect(remote.failedUrls).toEqual([]);
  });
});

describe('shared secrets', () => {
  const secrets = ['first', 'second'].map((text) => new TextEncoder().encode(text.padEnd(32, '.')));
  const [first = new Uint8Array(), second = new Uint8Array()] = secrets;

  test('rotate: each is accepted while both are set, and a third never is', async () => {
    const both = await forumWith({ jwksUrls: [], secrets, algorithms: ['HS256'] });
    for (const secret of secrets) expect((await both.ask(await signShared(secret))).errors).toBeUndefined();
    expect(await both.ask(await signShared(first.map((byte) => byte + 1)))).toEqual(REFUSED);
    expect(await both.ask(await signShared(first, {}, 'HS384'))).toEqual(REFUSED);
    const later = await forumWith({ jwksUrls: [], secrets: [second], algorithms: ['HS256'] });
    expect(await later.ask(await signShared(first))).toEqual(REFUSED);
  });

  test('beside public keys do not accept a token that is signed with a public key', async () => {
    const { ask } = await forumWith({ secrets, algorithms: ['RS256', 'HS256'] });
    expect((await ask(await provider.sign('one'))).errors).toBeUndefined();
    expect((await ask(await signShared(second))).errors).toBeUndefined();
    const spki = new TextEncoder().encode(textOf(provider.publicKey('one'), 'spki'));
    expect(await ask(await signShared(spki))).toEqual(REFUSED);
  });
});
