import type { FastifyInstance } from 'fastify';

/** Answers that are not pages: nothing in them may be run, loaded or framed, should a browser take one for a page. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** What every answer carries to keep a browser from guessing. */
export const SECURITY_HEADERS = {
  'content-security-policy': DATA_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
};

/** Puts the headers on every answer; a page sets its own policy afterwards. */
export function installSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(SECURITY_HEADERS);
    done();
  });
}
