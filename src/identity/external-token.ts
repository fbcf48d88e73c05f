// Tokens of an external identity provider: JWTs, verified by jose. Each kind of key is used only with its own
// algorithms, so a public key can never serve as a shared secret. "none" is in no list.
import type { JSONWebKeySet, JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose';
import { Refusal } from '../access/errors.ts';
import type { ClaimNames } from './external-claims.ts';

export interface ExternalTokenSettings {
  /** The required "iss". */
  readonly issuer: string;
  /** The "aud" must hold one of these. */
  readonly audiences: readonly string[];
  readonly jwksUrls: readonly string[];
  /** Public keys from the settings themselves. Null: none. */
  readonly jwks: JSONWebKeySet | null;
  /** Shared secrets of at least 32 bytes. Any of them is accepted, so that they can be rotated. */
  readonly secrets: readonly Uint8Array[];
  readonly algorithms: readonly string[];
  readonly clockToleranceSeconds: number;
  readonly claims: ClaimNames;
}

export const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;
export const PUBLIC_KEY_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
] as const;

export interface KeyTimes {
  /** The time-out for a JWKS URL. A request waits for it at most this long. */
  readonly timeoutMs: number;
  /** The minimum time between fetches that unknown key ids cause. Anyone can send tokens with made-up key ids. */
  readonly cooldownMs: number;
  /** How long keys are cached. A removed key is accepted for at most this long. */
  readonly maxAgeMs: number;
  /** How long a URL is not fetched again after a failure, so that not every request waits for it. */
  readonly pauseMs: number;
}

const KEY_TIMES: KeyTimes = { timeoutMs: 3_000, cooldownMs: 30_000, maxAgeMs: 300_000, pauseMs: 1_000 };

/** What the operator's log gets, and no client. */
export interface ExternalIdentityLog {
  /** The keys of the provider could not be fetched. */
  keysFailed(url: string, reason: unknown): void;
  /** A token was refused. `reason` is one of a few fixed texts, and holds nothing of the token. */
  tokenRefused(reason: string): void;
}

/** Returns the payload of a valid token, or null. Throws UNAVAILABLE if the keys cannot be fetched. */
type CheckExternalToken = (token: string, now: Date) => Promise<JWTPayload | null>;

/** Prepares the verification of tokens. `log` gets the reasons for which tokens are refused; clients do not. */
export async function openExternalTokens(
  settings: ExternalTokenSettings,
  log: ExternalIdentityLog,
  times: Partial<KeyTimes>,
): Promise<CheckExternalToken> {
  const { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, jwtVerify } = await import('jose');
  const { timeoutMs, cooldownMs, maxAgeMs, pauseMs } = { ...KEY_TIMES, ...times };

  const remote = (url: string): JWTVerifyGetKey => {
    const keys = createRemoteJWKSet(new URL(url), {
      timeoutDuration: timeoutMs,
      cooldownDuration: cooldownMs,
      cacheMaxAge: maxAgeMs,
      [customFetch]: pausing(pauseMs),
    });
    return async (header, token) => {
      try {
        return await keys(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
          throw error;
        if (!(error instanceof Paused)) log.keysFailed(url, error);
        throw new KeysUnavailable();
      }
    };
  };
  const keySets = [
    ...settings.jwksUrls.map(remote),
    ...(settings.jwks ? [createLocalJWKSet(settings.jwks)] : []),
  ];
  const usable = (algorithms: readonly string[]) =>
    settings.algorithms.filter((algorithm) => algorithms.includes(algorithm));
  const byPublicKey = usable(PUBLIC_KEY_ALGORITHMS);
  const bySecret = usable(SECRET_ALGORITHMS);

  /** Without a "kid", several keys of a set may match. Each is tried. */
  async function verify(token: string, keys: JWTVerifyGetKey, options: JWTVerifyOptions) {
    try {
      return await jwtVerify(token, keys, options);
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      for await (const key of error) {
        const verified = await jwtVerify(token, key, options).catch(() => null);
        if (verified) return verified;
      }
      throw error;
    }
  }

  return async (token, now) => {
    const options: JWTVerifyOptions = {
      issuer: settings.issuer,
      audience: [...settings.audiences],
      requiredClaims: ['exp', 'sub'],
      clockTolerance: settings.clockToleranceSeconds,
      currentDate: now,
    };
    try {
      const { payload } = await Promise.any([
        ...keySets.map((keys) => verify(token, keys, { ...options, algorithms: byPublicKey })),
        ...settings.secrets.map((key) => jwtVerify(token, key, { ...options, algorithms: bySecret })),
      ]);
      return payload;
    } catch (error) {
      const reasons: unknown[] = error instanceof AggregateError ? error.errors : [error];
      if (!reasons.some((reason) => reason instanceof KeysUnavailable)) {
        log.tokenRefused([...new Set(reasons.map(reasonOf))].join(', '));
        return null;
      }
      throw new Refusal('UNAVAILABLE', 'This credential cannot be checked at the moment.', {
        retryAfter: Math.ceil(pauseMs / 1000),
      });
    }
  };
}

/** jose's code and the claim at fault. Its message may repeat what the token holds. */
function reasonOf(error: unknown): string {
  const { code = 'ERR_JWT', claim } = error as { readonly code?: string; readonly claim?: string };
  return claim === undefined ? code : `${code} (${claim})`;
}

class KeysUnavailable extends Error {}
class Paused extends Error {}

/** `fetch` that fails at once for a while after a failure. Measured with a monotonic clock. */
function pausing(pauseMs: number): typeof fetch {
  let failedAt = Number.NEGATIVE_INFINITY;
  return async (url, options) => {
    if (performance.now() - failedAt < pauseMs) throw new Paused();
    try {
      const response = await fetch(url, options);
      if (response.status !== 200) failedAt = performance.now();
      return response;
    } catch (error) {
      failedAt = performance.now();
      throw error;
    }
  };
}
