import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../settings/settings.ts';

/** For answers that are not pages: if a browser takes one for a page, nothing in it runs, loads or is framed. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Security headers, as alternating names and values. */
const SECURITY_HEADERS = [
  ...['content-security-policy', DATA_POLICY],
  ...['x-content-type-options', 'nosniff'],
  ...['x-frame-options', 'DENY'],
  ...['referrer-policy', 'no-referrer'],
];

/**
 * Response headers that scripts of other origins may read: the request's id, retry and rate-limit information, the
 * authorization server for MCP clients, cache validators and the allowed methods.
 */
const EXPOSED = [
  ...['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy'],
  ...['www-authenticate', 'etag', 'allow'],
];
const EXPOSE = ['access-control-expose-headers', EXPOSED.join(', ')];
const PREFLIGHT_SECONDS = '600';

type Origins = Settings['corsOrigins'];

/** The parts of a request that its answer's headers depend on. */
interface Request {
  readonly id: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Adds the headers of every answer: the request's id, the security headers, and the CORS headers for the origins in the
 * setting. All are alternating names and values.
 */
export function withCommonHeaders(
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

/** The additional headers for a CORS preflight request. Null for any other request. */
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

/**
 * Adds these headers to every answer of Fastify, and answers preflight requests. A page replaces the policy with its
 * own.
 */
export function installHeaders(app: FastifyInstance, origins: Origins): void {
  app.addHook('onRequest', (request, reply, done) => {
    const preflight = preflightHeaders(origins, request);
    setCommonHeaders(origins, request, reply, preflight ?? []);
    // without a length, Safari waits for a body
    if (preflight) reply.code(204).header('content-length', '0').send();
    else done();
  });
}

/** Adds the headers of every answer. Only an answer that Fastify gives before its hooks needs it by itself. */
export function setCommonHeaders(
  origins: Origins,
  request: FastifyRequest,
  reply: FastifyReply,
  more: readonly string[] = [],
): void {
  const headers = withCommonHeaders(origins, request, more);
  for (let at = 0; at < headers.length; at += 2) reply.header(headers[at] as string, headers[at + 1]);
}
