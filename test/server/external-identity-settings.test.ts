import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PUBLIC_KEY_ALGORITHMS } from '../../src/identity/index.ts';
import { readSettings } from '../../src/server/settings/settings.ts';

const SECRET = 'a secret of thirty-two characters';
const NEEDED = { JWT_ISSUER: 'https://host.example', JWT_AUDIENCE: 'parley' };
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
const set = (...keys: object[]) => JSON.stringify({ keys });
const jwkOf = (key: typeof publicKey) => key.export({ format: 'jwk' });

const read = (env: Record<string, string>) => readSettings({ ...NEEDED, ...env }).externalTokens;

describe('the settings of external identities', () => {
  test('are all read', () => {
    expect(
      read({
        JWT_JWKS_URL: 'https://one.example/jwks, http://keycloak:8080/certs',
        JWT_JWKS: set(jwkOf(publicKey)),
        JWT_SECRETS: `${SECRET},base64url:${Buffer.alloc(32, 7).toString('base64url')}`,
        JWT_AUDIENCE: 'parley, forum',
        JWT_ALGORITHMS: 'ES256,HS512',
        JWT_CLOCK_TOLERANCE_SECONDS: '5',
        JWT_CLAIMS: '{"role":"realm_access.roles","title":null}',
      }),
    ).toEqual({
      issuer: 'https://host.example',
      audiences: ['parley', 'forum'],
      jwksUrls: ['https://one.example/jwks', 'http://keycloak:8080/certs'],
      jwks: { keys: [jwkOf(publicKey)] },
      secrets: [new TextEncoder().encode(SECRET), new Uint8Array(32).fill(7)],
      algorithms: ['ES256', 'HS512'],
      clockToleranceSeconds: 5,
      claims: {
        ...{
          name: 'name',
          title: null,
          company: 'company',
          avatarUrl: 'picture',
          handle: 'preferred_username',
        },
        ...{ role: 'realm_access.roles', categories: null, products: null },
      },
    });
  });

  test('take only the algorithms of the keys that are given', () => {
    expect(read({ JWT_JWKS_URL: 'https://one.example/jwks' })?.algorithms).toEqual(PUBLIC_KEY_ALGORITHMS);
    expect(read({ JWT_SECRETS: SECRET })?.algorithms).toEqual(['HS256']);
    expect(read({ JWT_SECRETS: SECRET })?.claims.role).toBe(null);
  });

  test.each<[Record<string, string>, RegExp]>([
    [
      { JWT_SECRETS: 'too short' },
      /^A setting is wrong: JWT_SECRETS must be secrets of at least 32 bytes, [^"]*\.$/,
    ],
    [{ JWT_SECRETS: 'base64url:AAAA' }, /JWT_SECRETS must be/],
    [{ JWT_JWKS: 'no JSON' }, /^A setting is wrong: JWT_JWKS must be a JSON Web Key Set of public keys/],
    [{ JWT_JWKS: '{"keys":[]}' }, /JWT_JWKS must be/],
    [{ JWT_JWKS: set(jwkOf(privateKey)) }, /JWT_JWKS must be/],
    [{ JWT_JWKS: set({ kty: 'oct', k: 'AAAA' }) }, /JWT_JWKS must be/],
    [{ JWT_JWKS: set(jwkOf(weak)) }, /RSA ones of at least 2048 bits\.$/],
    [{ JWT_JWKS_URL: 'ftp://one.example/jwks' }, /JWT_JWKS_URL must be http or https URLs/],
    [{ JWT_JWKS_URL: 'https://me:hunter2@one.example/jwks' }, /^(?!.*hunter2).*JWT_JWKS_URL must be/],
    [{ JWT_SECRETS: SECRET, JWT_ALGORITHMS: 'none' }, /JWT_ALGORITHMS must be some of RS256, .*, not "none"/],
    [
      { JWT_SECRETS: SECRET, JWT_ALGORITHMS: 'RS256' },
      /JWT_ALGORITHMS must not contain RS256, because no key is set for it/,
    ],
    [{ JWT_JWKS_URL: 'https://one.example', JWT_ALGORITHMS: 'HS256' }, /must not contain HS256/],
    [
      { JWT_SECRETS: SECRET, JWT_ISSUER: '' },
      /^A setting is wrong: JWT_ISSUER must be set together with JWT_SECRETS\.$/,
    ],
    [{ JWT_SECRETS: SECRET, JWT_AUDIENCE: '' }, /JWT_AUDIENCE must be set together with JWT_SECRETS/],
    [
      { JWT_SECRETS: SECRET, JWT_CLOCK_TOLERANCE_SECONDS: '601' },
      /JWT_CLOCK_TOLERANCE_SECONDS must be a whole number/,
    ],
    [{ JWT_SECRETS: SECRET, JWT_CLAIMS: '{"email":"email"}' }, /JWT_CLAIMS must be a JSON object/],
    [{ JWT_SECRETS: SECRET, JWT_CLAIMS: '{"role":["a"]}' }, /JWT_CLAIMS must be/],
    [{ JWT_CLAIMS: '{}' }, /JWT_JWKS_URL, JWT_JWKS or JWT_SECRETS must be set together with JWT_ISSUER/],
  ])('%j stops the start', (env, message) => {
    expect(() => read(env)).toThrow(message);
  });

  test('are all reported at once, without secrets', () => {
    const wrong = () => read({ JWT_SECRETS: 'hunter2', JWT_ISSUER: '', JWT_CLAIMS: '[]', PORT: 'x' });
    expect(wrong).toThrow(
      /^Settings are wrong: PORT [^;]*; JWT_SECRETS [^;]*; JWT_CLAIMS [^;]*; JWT_ISSUER must be set together with JWT_SECRETS\.$/,
    );
    expect(wrong).not.toThrow(/hunter2/);
  });
});
