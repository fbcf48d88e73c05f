import compress from '@fastify/compress';
import type { FastifyInstance, onSendHookHandler } from 'fastify';

/** Small answers cost more to compress than to send: one network packet is about this large. */
const COMPRESS_FROM_BYTES = 1400;
/** No character takes more in UTF-8 for each of its code units. */
const CHAR_BYTES_MAX = 3;

/** Compresses answers for clients that take them so. */
export async function installCompression(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: COMPRESS_FROM_BYTES,
    globalDecompression: false,
  });
  // after the plugin's own, which has put its hook there
  app.addHook('onRoute', (route) => {
    if (route.onSend === undefined) return;
    const hooks: onSendHookHandler[] = [route.onSend].flat();
    route.onSend = hooks.map(whereUseful);
  });
}

/** Spares a hook that compresses what it would not: it looks long at an answer before it leaves it alone. */
function whereUseful(hook: onSendHookHandler): onSendHookHandler {
  return function (request, reply, payload, done) {
    const isUseless =
      request.headers['accept-encoding'] === undefined ||
      (typeof payload === 'string' && payload.length * CHAR_BYTES_MAX < COMPRESS_FROM_BYTES);
    if (isUseless) return done(null, payload);
    return hook.call(this, request, reply, payload, done);
  };
}
