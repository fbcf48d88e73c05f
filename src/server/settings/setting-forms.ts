// The forms of settings. Each parses a text or refuses it. Its description is what the setting must be, for the message
// that ends the start.
import { isIP } from 'node:net';
import * as z from 'zod';

export const SWITCH = { on: true, true: true, '1': true, off: false, false: false, '0': false } as const;

/** A switch. */
export const onOff = (fallback: keyof typeof SWITCH) =>
  z
    .string()
    .default(fallback)
    .refine((text) => text in SWITCH)
    .transform((text) => SWITCH[text as keyof typeof SWITCH])
    .describe('on or off');

/** A whole number from `min` to `max`. */
export const wholeNumber = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .default(String(fallback))
    .transform(Number)
    .refine((number) => number >= min && number <= max)
    .describe(`a whole number from ${min} to ${max}`);

/** A port to listen on. If omitted, none. */
export const optionalPort = () =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535)
    .optional()
    .describe('a whole number from 1 to 65535');

/** A list separated by commas. */
export const listOf = (isMember: (text: string) => boolean) =>
  z
    .string()
    .transform((text) => text.split(',').map((member) => member.trim()))
    .refine((members) => members.every(isMember));

export function isSiteUrl(text: string): boolean {
  if (!URL.canParse(text) || /[?#]/.test(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

export function isRedisUrl(text: string): boolean {
  return /^rediss?:\/\/./.test(text) && URL.canParse(text);
}

export function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  // `*` and the rest would change what a Content-Security-Policy says
  return /^https?:\/\/[^\s;,'"*]+$/.test(text) && url.origin === text;
}

export function isAddress(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

export function proxyCount() {
  return z.string().regex(/^\d$/).transform(Number);
}

/** The URL at which this machine reaches a server that listens on `host`. A wildcard becomes localhost. */
export function localUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
