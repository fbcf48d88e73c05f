// An external identity provider. It signs tokens and serves its public keys over HTTP as a JWKS.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import {
  type ClaimNames,
  DEFAULT_CLAIMS,
  type ExternalIdentityLog,
  type ExternalTokenSettings,
} from '../../src/identity/index.ts';
import { CAPTURED_AT } from './forum.ts';

export const ISSUER = 'https://accounts.host.example';
export const AUDIENCE = 'parley';

type Claims = Readonly<Record<string, unknown>>;

/** For tests that look at no reasons. */
export const UNLOGGED: ExternalIdentityLog = { keysFailed: () => {}, tokenRefused: () => {} };

export interface Provider {
  readonly jwksUrl: string;
  /** How often its keys were fetched. */
  readonly asked: () => number;
  /** How it responds when its keys are fetched. */
  behave(how: 'well' | 'badly' | 'silently'): void;
  /** Creates a key with this id, and serves it or not. */
  addKey(kid: string, how?: { served?: boolean; alg?: string }): Promise<void>;
  removeKey(kid: string): void;
  publicKey(kid: string): JWK;
  /** A token that is valid for five minutes from the forum's first moment. `claims` override its claims. */
  sign(kid: string, claims?: Claims, header?: Record<string, unknown>): Promise<string>;
  settings(choices?: Partial<ExternalTokenSettings>, claims?: Partial<ClaimNames>): ExternalTokenSettings;
  close(): Promise<void>;
}

export const SECONDS = CAPTURED_AT.getTime() / 1000;
export const CLAIMS: JWTPayload = {
  ...{ iss: ISSUER, aud: AUDIENCE, sub: 'user-1', iat: SECONDS, exp: SECONDS + 300 },
};

export async function openProvider(): Promise<Provider> {
  const pairs = new Map<string, { alg: string; privateKey: CryptoKey; jwk: JWK }>();
  const served = new Set<string>();
  let behaviour: 'well' | 'badly' | 'silently' = 'well';
  let asked = 0;
  const server = createServer((_request, response) => {
    asked++;
    if (behaviour === 'silently') return;
    if (behaviour === 'badly') response.writeHead(500).end('{}');
    else response.end(JSON.stringify({ keys: [...served].map((kid) => pairs.get(kid)?.jwk) }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  const pairOf = (kid: string) => {
    const pair = pairs.get(kid);
    if (!pair) throw new Error(`There is no key ${kid}.`);
    return pair;
  };
  return {
    jwksUrl,
    asked: () => asked,
    behave: (how) => {
      behaviour = how;
    },
    addKey: async (kid, { served: isServed = true, alg = 'RS256' } = {}) => {
      const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
      pairs.set(kid, { alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } });
      if (isServed) served.add(kid);
    },
    removeKey: (kid) => {
      served.delete(kid);
    },
    publicKey: (kid) => pairOf(kid).jwk,
    sign: (kid, claims = {}, header = {}) => {
      const { alg, privateKey } = pairOf(kid);
      return new SignJWT(present({ ...CLAIMS, ...claims }))
        .setProtectedHeader({ alg, kid, ...header })
        .sign(privateKey);
    },
    settings: (choices = {}, claims = {}) => ({
      issuer: ISSUER,
      audiences: [AUDIENCE],
      jwksUrls: [jwksUrl],
      jwks: null,
      secrets: [],
      algorithms: ['RS256', 'ES256'],
      clockToleranceSeconds: 0,
      claims: { ...DEFAULT_CLAIMS, ...claims },
      ...choices,
    }),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** A token signed with a shared secret. */
export function signShared(secret: Uint8Array, claims: Claims = {}, alg = 'HS256'): Promise<string> {
  return new SignJWT(present({ ...CLAIMS, ...claims })).setProtectedHeader({ alg }).sign(secret);
}

/** The claims without the undefined ones. */
function present(claims: Claims): JWTPayload {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

export const unsigned = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
