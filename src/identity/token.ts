// The forum's own tokens: a prefix that names the kind, 32 random characters, and a checksum, as in GitHub's tokens.
// Secret scanners find a leaked token, and a mistyped one is refused without a query.
import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIXES = { API_KEY: 'prl_key_', SESSION: 'prl_ses_', MAIL: 'prl_mail_' } as const;

type TokenKind = keyof typeof PREFIXES;
const KINDS = Object.keys(PREFIXES) as TokenKind[];

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 32 characters of 62: 190 bits, which cannot be guessed. */
const RANDOM_CHARS = 32;
const CHECKSUM_CHARS = 6;

/** A new token and its hash. Only the hash is stored. */
export function makeToken(kind: TokenKind): { readonly token: string; readonly hash: string } {
  const random = Array.from({ length: RANDOM_CHARS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const token = `${PREFIXES[kind]}${random}${checksumOf(random)}`;
  return { token, hash: hashOf(token) };
}

/** The kind of a token. Null if it is not one of the forum's own, or mistyped. */
export function kindOfToken(token: string): TokenKind | null {
  const kind = KINDS.find((one) => token.startsWith(PREFIXES[one]));
  if (kind === undefined) return null;
  const rest = token.slice(PREFIXES[kind].length);
  const isComplete = rest.length === RANDOM_CHARS + CHECKSUM_CHARS && /^[0-9A-Za-z]+$/.test(rest);
  return isComplete && rest.endsWith(checksumOf(rest.slice(0, RANDOM_CHARS))) ? kind : null;
}

/** Whether a token has the forum's prefix, valid or not. Such a token is never passed to an identity provider. */
export function looksLikeOurs(token: string): boolean {
  return token.startsWith('prl_');
}

/** The stored hash of a token: SHA-256 in hexadecimal. A random token needs no slow hash. */
export function hashOf(token: string): string {
  return hash('sha256', token, 'hex');
}

function checksumOf(text: string): string {
  let rest = crc32(text);
  let checksum = '';
  for (let i = 0; i < CHECKSUM_CHARS; i++) {
    checksum = (ALPHABET[rest % ALPHABET.length] ?? '') + checksum;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return checksum;
}
