import { isAscii, isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parse } from 'secure-json-parse';

const [QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = Buffer.from('"\\[]{}');

/** No input of the contract nests deeper than 5; whoever walks through variables must not run out of stack. */
const JSON_DEPTH_MAX = 64;

/**
 * Takes bodies in one form only: JSON in UTF-8, uncompressed. Anything else is answered before it is read, so that no
 * small body can become a large one: a compressed megabyte of blanks is a kilobyte on the wire.
 */
export function installJsonBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addHook('onRequest', (request, _reply, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') return done(unsupported());
    done();
  });
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const charset = /;\s*charset="?([^";\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
      if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw unsupported();
      return parsedJson(body);
    },
  );
}

/** What a body says that is JSON in UTF-8. Throws an error with the status 400 where it is not, or nests too deep. */
export function parsedJson(body: Buffer): unknown {
  // nearly all of them are, and one byte a character is read and kept faster
  const isPlain = isAscii(body);
  if (!isPlain && !isUtf8(body)) throw badBody();
  const json = body.toString(isPlain ? 'latin1' : 'utf8');
  if (mayBeDeep(json) && isTooDeep(body)) throw badBody();
  try {
    return parse(json, null, { protoAction: 'error', constructorAction: 'error' });
  } catch {
    throw badBody();
  }
}

function badBody(): Error {
  return Object.assign(new Error('Bad body.'), { statusCode: 400 });
}

function unsupported(): Error {
  return Object.assign(new Error('Unsupported media type.'), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' });
}

/** False: it has not enough brackets, wherever they are. Most bodies have not, and are not walked through. */
function mayBeDeep(json: string): boolean {
  let brackets = 0;
  for (const bracket of ['{', '[']) {
    for (let at = json.indexOf(bracket); at >= 0; at = json.indexOf(bracket, at + 1))
      if (++brackets > JSON_DEPTH_MAX) return true;
  }
  return false;
}

/** Whether JSON nests deeper than JSON_DEPTH_MAX. Brackets and quotes are single bytes in UTF-8, and never part of others. */
function isTooDeep(json: Buffer): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (isText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (++depth > JSON_DEPTH_MAX) return true;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
  }
  return false;
}
