import { createPublicKey } from 'node:crypto';
import { CLAIMS, type Provider, SECONDS, signShared, unsigned } from '../../support/identity-provider.ts';

/** A public key as the text that a forger would take for a secret. */
export const textOf = (key: object, type: 'spki' | 'pkcs1') =>
  createPublicKey({ key: key as never, format: 'jwk' }).export({ type, format: 'pem' }) as string;

/** Tokens that must be refused, each by what is wrong with it. The provider serves the key `one` and not `unknown`. */
export function forgedTokens(provider: Provider): Record<string, () => Promise<string> | string> {
  return {
    'was signed with another key under a known key id': async () =>
      provider.sign('unknown', {}, { kid: 'one' }),
    'names an unknown key': () => provider.sign('unknown'),
    'was changed after it was signed': async () => {
      const [head, , signature] = (await provider.sign('one')).split('.');
      return `${head}.${unsigned({ ...CLAIMS, sub: 'user-2' })}.${signature}`;
    },
    'has expired': () => provider.sign('one', { exp: SECONDS }),
    'does not expire': () => provider.sign('one', { exp: undefined }),
    'is not valid yet': () => provider.sign('one', { nbf: SECONDS + 1 }),
    'has another audience': () => provider.sign('one', { aud: 'another-site' }),
    'has no audience': () => provider.sign('one', { aud: undefined }),
    'has another issuer': () => provider.sign('one', { iss: 'https://accounts.host.example.evil.example' }),
    'has no issuer': () => provider.sign('one', { iss: undefined }),
    'has no subject': () => provider.sign('one', { sub: undefined }),
    'has an empty subject': () => provider.sign('one', { sub: '' }),
    'has half a surrogate pair in its subject': () => provider.sign('one', { sub: 'user\ud800' }),
    'has U+0000 in its subject': () => provider.sign('one', { sub: 'user\0' }),
    'has a number as its subject': () => provider.sign('one', { sub: 42 as never }),
    'has a list as its subject': () => provider.sign('one', { sub: ['user-1'] as never }),
    'has an object as its subject': () => provider.sign('one', { sub: { includes: 1 } as never }),
    'has null as its subject': () => provider.sign('one', { sub: null as never }),
    'has true as its subject': () => provider.sign('one', { sub: true as never }),
    'has a subject that is too long': () => provider.sign('one', { sub: 'u'.repeat(256) }),
    'has an expiry that is no number': () => provider.sign('one', { exp: 'never' as never }),
    'is not signed: alg none': () => `${unsigned({ alg: 'none' })}.${unsigned(CLAIMS)}.`,
    'is not signed: alg None with a signature': () => `${unsigned({ alg: 'None' })}.${unsigned(CLAIMS)}.AAAA`,
    'is signed with the public key as a secret': () =>
      signShared(new TextEncoder().encode(textOf(provider.publicKey('one'), 'spki'))),
    'is signed with the public key in its other form as a secret': () =>
      signShared(new TextEncoder().encode(textOf(provider.publicKey('one'), 'pkcs1'))),
    'is signed with the modulus as a secret': () =>
      signShared(Buffer.from(provider.publicKey('one').n ?? '', 'base64url')),
    'asks for an extension that must be understood': () =>
      provider
        .sign('one', {}, { crit: ['exp'], exp: SECONDS + 300 })
        .catch(
          () =>
            `${unsigned({ alg: 'RS256', kid: 'one', crit: ['b64'], b64: false })}.${unsigned(CLAIMS)}.AAAA`,
        ),
    'brings its own key': async () =>
      provider.sign('unknown', {}, { kid: 'one', jwk: provider.publicKey('unknown') }),
    'brings the address of its own keys': async () =>
      provider.sign('unknown', {}, { kid: 'one', jku: 'http://127.0.0.1:9/jwks' }),
    'is no token': () => 'abc.def.ghi',
    'is half a token': () => 'abc.def',
    'looks like ours': () => 'prl_key_abc.def.ghi',
  };
}
