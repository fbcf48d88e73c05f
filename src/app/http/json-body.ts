import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';

/**
 * Takes bodies in one form only: JSON in UTF-8, uncompressed. Anything else is answered before it is read, so that no
 * small body can become a large one: a compressed megabyte of blanks is a kilobyte on the wire.
 */
export function installJsonBody(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addHook('onRequest', async (request) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') throw unsupported();
  });
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const charset = /;\s*charset="?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) return done(unsupported());
    if (!isUtf8(body)) return done(Object.assign(new Error('The body is not UTF-8.'), { statusCode: 400 }));
    return parse(request, body.toString('utf8'), done);
  });
}

function unsupported(): Error {
  return Object.assign(new Error('Unsupported media type.'), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' });
}
