// How a session gets from a window in which a reader has signed in to the frame that has opened it, in a cookie that no
// script reads. The frame's browser has a private key in a cookie of the frame; the window's server encrypts the session's
// token for it. The code that the window posts to the frame is of no use without that cookie.
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const CODE_MS = 60_000;
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A pair of keys (X25519): the public one for the window's address, the private one for the frame's cookie. */
export function newFrameKey(): { readonly publicKey: string; readonly privateKey: string } {
  const { privateKey } = generateKeyPairSync('x25519');
  const { x = '', d = '' } = privateKey.export({ format: 'jwk' });
  return { publicKey: x, privateKey: `${x}.${d}` };
}

/** A code for a token, which the owner of the private key can open for a minute. Null if the key is none. */
export function sealToken(token: string, publicKey: string, now: Date): string | null {
  const receiver = publicOf(publicKey);
  if (receiver === null) return null;
  const sender = generateKeyPairSync('x25519');
  const { x = '' } = sender.publicKey.export({ format: 'jwk' });
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', secretOf(sender.privateKey, receiver), iv);
  const text = JSON.stringify([token, now.getTime() + CODE_MS]);
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from(x, 'base64url'), iv, cipher.getAuthTag(), bytes]).toString('base64url');
}

/** The token in a code. Null if the code is for another key, too old, or changed. */
export function openCode(code: string, privateKey: string, now: Date): string | null {
  const [x = '', d = ''] = privateKey.split('.');
  const bytes = Buffer.from(code, 'base64url');
  const sender = publicOf(bytes.subarray(0, KEY_BYTES).toString('base64url'));
  if (sender === null) return null;
  try {
    const own = createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', x, d }, format: 'jwk' });
    const ivEnd = KEY_BYTES + IV_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', secretOf(own, sender), bytes.subarray(KEY_BYTES, ivEnd));
    decipher.setAuthTag(bytes.subarray(ivEnd, ivEnd + TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(ivEnd + TAG_BYTES)), decipher.final()]);
    const [token, until] = JSON.parse(text.toString('utf8'));
    return now.getTime() < until ? token : null;
  } catch {
    return null;
  }
}

function publicOf(x: string): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
  } catch {
    return null;
  }
}

function secretOf(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const shared = diffieHellman({ privateKey, publicKey });
  return Buffer.from(hkdfSync('sha256', shared, '', 'parley frame session', 32));
}
