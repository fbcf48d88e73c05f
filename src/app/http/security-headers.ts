import type { FastifyInstance } from 'fastify';

/** Answers that are not pages: nothing in them may be run, loaded or framed, should a browser take one for a page. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

const HEADERS = {
  'content-security-policy': DATA_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
};

/** Puts the headers on every answer that keep a browser from guessing; a page sets its own policy afterwards. */
export function installSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(HEADERS);
    done();
  });
}
