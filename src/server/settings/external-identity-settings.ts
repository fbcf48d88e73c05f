// The settings JWT_…, for the tokens of an external identity provider.
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import * as z from 'zod';
import {
  type ClaimNames,
  DEFAULT_CLAIMS,
  type ExternalTokenSettings,
  PUBLIC_KEY_ALGORITHMS,
  SECRET_ALGORITHMS,
} from '../../identity/index.ts';

/** The length of the shortest hash that they sign with (RFC 7518, section 3.2). */
const SECRET_BYTES_MIN = 32;
/** Shorter keys can be broken (RFC 7518, section 3.3). */
const RSA_BITS_MIN = 2048;
/** The usual skew between clocks that are not synchronised. */
const CLOCK_TOLERANCE_SECONDS = 30;

const ALGORITHMS: readonly string[] = [...PUBLIC_KEY_ALGORITHMS, ...SECRET_ALGORITHMS];
const isForSecrets = (algorithm: string) => (SECRET_ALGORITHMS as readonly string[]).includes(algorithm);

/** An optional setting that `parse` reads. It returns null for an invalid text. */
const read = <T>(parse: (text: string) => T | null, mustBe: string) =>
  z
    .string()
    .transform((text, context) => {
      const value = parse(text);
      if (value !== null) return value as NonNullable<T>;
      context.addIssue({ code: 'custom' });
      return z.NEVER;
    })
    .optional()
    .describe(mustBe);

const listOf =
  <T>(parse: (text: string) => T | null) =>
  (text: string): T[] | null => {
    const members = text.split(',').map((member) => parse(member.trim()));
    return members.includes(null) ? null : (members as T[]);
  };

const name = (text: string) => (text.trim() === '' ? null : text.trim());

export const externalIdentitySettings = {
  JWT_JWKS_URL: read(listOf(urlOf), 'http or https URLs without a password, separated by commas'),
  JWT_JWKS: read(keysOf, `a JSON Web Key Set of public keys, RSA ones of at least ${RSA_BITS_MIN} bits`),
  JWT_SECRETS: read(
    listOf(secretOf),
    `secrets of at least ${SECRET_BYTES_MIN} bytes, separated by commas, as they are or as base64url:…`,
  ),
  JWT_ISSUER: read(name, 'the "iss" of the tokens'),
  JWT_AUDIENCE: read(listOf(name), 'one "aud" of the tokens, or several separated by commas'),
  JWT_ALGORITHMS: read(
    listOf((text) => (ALGORITHMS.includes(text) ? text : null)),
    `some of ${ALGORITHMS.join(', ')}, separated by commas`,
  ),
  JWT_CLOCK_TOLERANCE_SECONDS: read(
    (text) => (/^\d{1,3}$/.test(text) && Number(text) <= 600 ? Number(text) : null),
    'a whole number from 0 to 600',
  ),
  JWT_CLAIMS: read(
    claimsOf,
    `a JSON object with the name of a claim or null for any of ${Object.keys(DEFAULT_CLAIMS).join(', ')}`,
  ),
};

type ExternalIdentityNames = keyof typeof externalIdentitySettings;

/** Settings that may hold secrets, also if a private key is pasted by mistake. */
export const EXTERNAL_IDENTITY_SECRETS: readonly string[] = ['JWT_SECRETS', 'JWT_JWKS', 'JWT_JWKS_URL'];

type Environment = Readonly<Record<string, string | undefined>>;

/** Conflicts between settings that are each valid. */
export function externalIdentityFaults(env: Environment): string[] {
  const has = (setting: ExternalIdentityNames) => env[setting] !== undefined;
  const keys = ['JWT_JWKS_URL', 'JWT_JWKS', 'JWT_SECRETS'] as const;
  const others = (Object.keys(externalIdentitySettings) as ExternalIdentityNames[]).filter(
    (setting) => !keys.includes(setting as never),
  );
  if (!keys.some(has)) {
    const alone = others.find(has);
    return alone ? [`JWT_JWKS_URL, JWT_JWKS or JWT_SECRETS must be set together with ${alone}`] : [];
  }
  const missing = (['JWT_ISSUER', 'JWT_AUDIENCE'] as const).filter((setting) => !has(setting));
  const faults = missing.map((setting) => `${setting} must be set together with ${keys.find(has)}`);
  const algorithms = env['JWT_ALGORITHMS']?.split(',').map((text) => text.trim()) ?? [];
  const hasKey = (algorithm: string) =>
    isForSecrets(algorithm) ? has('JWT_SECRETS') : keys.slice(0, 2).some(has);
  const keyless = algorithms.find((algorithm) => ALGORITHMS.includes(algorithm) && !hasKey(algorithm));
  if (keyless) faults.push(`JWT_ALGORITHMS must not contain ${keyless}, because no key is set for it`);
  return faults;
}

type ExternalIdentityValues = {
  readonly [K in ExternalIdentityNames]?: z.infer<(typeof externalIdentitySettings)[K]> | undefined;
};

/** Null: external tokens are not accepted. */
export function externalTokensOf(set: ExternalIdentityValues): ExternalTokenSettings | null {
  const { JWT_JWKS_URL: jwksUrls = [], JWT_JWKS: jwks = null, JWT_SECRETS: secrets = [] } = set;
  const hasPublicKeys = jwksUrls.length > 0 || jwks !== null;
  if (!hasPublicKeys && secrets.length === 0) return null;
  const usual = [...(hasPublicKeys ? PUBLIC_KEY_ALGORITHMS : []), ...(secrets.length > 0 ? ['HS256'] : [])];
  return {
    issuer: set.JWT_ISSUER ?? '',
    audiences: set.JWT_AUDIENCE ?? [],
    jwksUrls,
    jwks,
    secrets,
    algorithms: set.JWT_ALGORITHMS ?? usual,
    clockToleranceSeconds: set.JWT_CLOCK_TOLERANCE_SECONDS ?? CLOCK_TOLERANCE_SECONDS,
    claims: set.JWT_CLAIMS ?? DEFAULT_CLAIMS,
  };
}

function urlOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, password, href } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' ? href : null;
}

function secretOf(text: string): Uint8Array | null {
  const [, encoded] = /^base64url:([\w-]*)=*$/.exec(text) ?? [];
  const bytes = encoded === undefined ? Buffer.from(text, 'utf8') : Buffer.from(encoded, 'base64url');
  return bytes.length >= SECRET_BYTES_MIN ? new Uint8Array(bytes) : null;
}

function keysOf(text: string): { keys: JsonWebKey[] } | null {
  const set = jsonOf(text);
  const keys: unknown = set?.['keys'];
  return Array.isArray(keys) && keys.length > 0 && keys.every(isPublicKey) ? { keys } : null;
}

function isPublicKey(key: unknown): key is JsonWebKey {
  if (typeof key !== 'object' || key === null || 'd' in key || 'k' in key) return false;
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
    return (asymmetricKeyDetails?.modulusLength ?? RSA_BITS_MIN) >= RSA_BITS_MIN;
  } catch {
    return false;
  }
}

function claimsOf(text: string): ClaimNames | null {
  const map = jsonOf(text);
  const isRight = ([key, claim]: [string, unknown]) =>
    Object.hasOwn(DEFAULT_CLAIMS, key) && (claim === null || (typeof claim === 'string' && claim !== ''));
  return map && Object.entries(map).every(isRight) ? { ...DEFAULT_CLAIMS, ...map } : null;
}

function jsonOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
