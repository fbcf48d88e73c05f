import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Settings } from '../settings/settings.ts';

/** Answers that are not pages: nothing in them may be run, loaded or framed, should a browser take one for a page. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Names and values in turn that keep a browser from guessing. */
const SECURITY_HEADERS = [
  ...['content-security-policy', DATA_POLICY],
  ...['x-content-type-options', 'nosniff'],
  ...['x-frame-options', 'DENY'],
  ...['referrer-policy', 'no-referrer'],
];

const EXPOSED = ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy'];
const EXPOSE = ['access-control-expose-headers', EXPOSED.join(', ')];
const PREFLIGHT_SECONDS = '600';

type Origins = Settings['corsOrigins'];

/** What the headers of an answer are made from. */
interface Request {
  readonly id: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * The headers that every answer carries, names and values in turn: the request's id, those for security, and those that
 * let pages of the origins in the setting call the API. `headers` are the answer's own.
 */
export function withStandingHeaders(
  origins: Origins,
  { id, headers: { origin } }: Pick<Request, 'id' | 'headers'>,
  headers: readonly string[],
): string[] {
  const all = [...SECURITY_HEADERS, 'x-request-id', id, ...headers];
  if (origins.length === 0) return all;
  all.push(...EXPOSE);
  if (origins === '*') all.push('access-control-allow-origin', '*');
  else {
    if (origin !== undefined && origins.includes(origin)) all.push('access-control-allow-origin', origin);
    const vary = all.indexOf('vary');
    if (vary < 0) all.push('vary', 'Origin');
    else all[vary + 1] += ', Origin';
  }
  return all;
}

/** What a browser that asks before it calls the API is told beside that. Null if a request asks for no such thing. */
export function preflightHeaders(origins: Origins, { method, headers }: Request): readonly string[] | null {
  const { origin, 'access-control-request-headers': names } = headers;
  if (method !== 'OPTIONS' || origins.length === 0 || origin === undefined) return null;
  if (headers['access-control-request-method'] === undefined) return null;
  return [
    ...['access-control-allow-methods', 'GET, POST', 'access-control-max-age', PREFLIGHT_SECONDS],
    ...['vary', 'Access-Control-Request-Headers'],
    ...(names === undefined ? [] : ['access-control-allow-headers', names]),
  ];
}

/** Puts the headers on every answer of the framework, and answers preflights. A page sets its own policy afterwards. */
export function installHeaders(app: FastifyInstance, origins: Origins): void {
  app.addHook('onRequest', (request, reply, done) => {
    const preflight = preflightHeaders(origins, request);
    const headers = withStandingHeaders(origins, request, preflight ?? []);
    for (let at = 0; at < headers.length; at += 2) reply.header(headers[at] as string, headers[at + 1]);
    // without a length Safari waits for a body
    if (preflight) reply.code(204).header('content-length', '0').send();
    else done();
  });
}
