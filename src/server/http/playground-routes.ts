import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GRAPHQL_PATH } from '../../api/operation-request.ts';
import { packageRoot } from '../../package-root.ts';
import { wantsPage } from './front-end-build.ts';
import type { AnswerPage } from './front-end-routes.ts';
import { refuse, refuseUnknownUrl } from './refuse.ts';

/** The output of scripts/playground.ts: index.html, and assets/ with content-hashed names, each with a `.br` copy. */
const PLAYGROUND_FOLDER = join(packageRoot, 'dist', 'playground');

/**
 * The page only loads from this server and only connects to it. The editor creates styles while it runs, so inline
 * styles are allowed; inline scripts are not.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

/** The answer to programs at `/`. */
const POINTER = { name: 'Parley', graphql: GRAPHQL_PATH, health: '/health/ready' };

/** Serves `/` to programs: where the API is. A browser gets the front end's list, or else the playground. */
export function installRoot(
  app: FastifyInstance,
  isPlaygroundOn: boolean,
  frontEnd: AnswerPage | null,
): void {
  app.get('/', async (request, reply) => {
    reply.headers({ 'cache-control': 'no-cache', vary: 'accept, accept-encoding' });
    if (wantsPage(request) && frontEnd && (await frontEnd(request, reply))) return reply;
    return wantsPage(request) && isPlaygroundOn ? sendPlayground(request, reply) : POINTER;
  });
}

/**
 * Whether a browser opens the API's own URL, without an operation: it is shown the playground. Cheap, because every
 * request to the API passes here.
 */
export function isForPlayground({ method, url, headers }: IncomingMessage): boolean {
  return method === 'GET' && (url === GRAPHQL_PATH || url === `${GRAPHQL_PATH}/`) && wantsPage({ headers });
}

/**
 * Serves the playground, at the API's URL too (see `isForPlayground`). Its files have relative URLs, because a proxy may
 * serve all this below a path. Files are read on demand.
 */
export function installPlayground(app: FastifyInstance): void {
  for (const url of ['/playground', GRAPHQL_PATH]) {
    app.get(url, sendPlayground);
    app.get(`${url}/`, (_request, reply) => reply.redirect(`..${url}`));
  }
  // the assets are compressed when they are built
  app.get('/assets/:name', { logLevel: 'warn' }, sendAsset);
}

async function sendPlayground(_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const page = await readFile(join(PLAYGROUND_FOLDER, 'index.html')).catch(() => null);
  if (page === null) {
    return refuse(reply, 503, 'UNAVAILABLE', 'The playground is not built: run `npm run build`.');
  }
  reply.headers({
    'cache-control': 'no-cache',
    vary: 'accept, accept-encoding',
    'content-security-policy': PAGE_POLICY,
  });
  return reply.type('text/html; charset=utf-8').send(page);
}

async function sendAsset(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { name } = request.params as { name: string };
  const files = await assetNames();
  const type = MEDIA_TYPES[extname(name)];
  if (!files.has(name) || type === undefined) {
    return refuseUnknownUrl(reply);
  }
  const isBrotli = files.has(`${name}.br`) && /\bbr\b/.test(String(request.headers['accept-encoding']));
  const bytes = await readFile(join(PLAYGROUND_FOLDER, 'assets', isBrotli ? `${name}.br` : name));
  if (isBrotli) reply.header('content-encoding', 'br');
  reply.headers({
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    'cross-origin-resource-policy': 'same-origin',
    // a worker has a policy of its own, and does not start without one that allows its script
    'content-security-policy': PAGE_POLICY,
  });
  return reply.type(type).send(bytes);
}

/** The existing file names. A request must name one of them, so it cannot name a path. */
async function assetNames(): Promise<ReadonlySet<string>> {
  return new Set(await readdir(join(PLAYGROUND_FOLDER, 'assets')).catch(() => []));
}
