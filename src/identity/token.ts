// Tokens that we give out: a prefix that says what it is, 32 characters of chance, and a checksum, so that a scanner
// finds a leaked one and a mistyped one is refused without asking the database. The form is GitHub's.
import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIXES = {
  API_KEY: 'prl_key_',
  SESSION: 'prl_ses_',
  MAIL: 'prl_mail_',
} as const;

export type TokenKind = keyof typeof PREFIXES;
const KINDS = Object.keys(PREFIXES) as TokenKind[];

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 32 characters of 62: 190 bits, beyond any guessing. */
const CHANCE_CHARS = 32;
const CHECKSUM_CHARS = 6;

/** A new token: its text, which is given out once, and its hash, which is stored. */
export function makeToken(kind: TokenKind): { readonly token: string; readonly hash: string } {
  const chance = Array.from({ length: CHANCE_CHARS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const token = `${PREFIXES[kind]}${chance}${checksumOf(chance)}`;
  return { token, hash: hashOf(token) };
}

/** What kind of token a text is; null: none of ours, or mistyped. */
export function kindOfToken(token: string): TokenKind | null {
  const kind = KINDS.find((one) => token.startsWith(PREFIXES[one]));
  if (kind === undefined) return null;
  const rest = token.slice(PREFIXES[kind].length);
  const isWhole = rest.length === CHANCE_CHARS + CHECKSUM_CHARS && /^[0-9A-Za-z]+$/.test(rest);
  return isWhole && rest.endsWith(checksumOf(rest.slice(0, CHANCE_CHARS))) ? kind : null;
}

/** Whether a text has the form of our tokens, right or not: it is no token of anybody else's. */
export function looksLikeOurs(token: string): boolean {
  return token.startsWith('prl_');
}

/** What is stored of a token: SHA-256, in hexadecimal. A random token needs no slow hash. */
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
