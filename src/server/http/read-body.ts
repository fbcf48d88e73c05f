import { isAscii, isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { parse } from 'secure-json-parse';

const [QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = Buffer.from('"\\[]{}');

/** The API's inputs nest no deeper than 5. The limit protects recursive code from stack overflows. */
const JSON_DEPTH_MAX = 64;

/** The refusal of a body. */
export class BodyRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Reads the body of a POST, which must be uncompressed JSON in UTF-8. Anything else is refused before it is read: a
 * compressed megabyte of blanks would be a kilobyte on the wire. Undefined if there is no body. Rejects with a
 * BodyRefusal.
 */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<unknown> {
  const { headers } = request;
  if (headers['content-type'] === undefined && !hasBody(headers)) return undefined;
  if (!isJson(headers)) throw new BodyRefusal(415, 'Send the operation as application/json in UTF-8.');
  return parseJson(await readBytes(request, bytesMax));
}

/** Whether a request's head announces a body. */
export function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isJson({ 'content-type': type = '', 'content-encoding': coding = 'identity' }: IncomingHttpHeaders) {
  if (coding !== 'identity') return false;
  if (type === 'application/json') return true;
  if (!/^application\/json\s*(?:;|$)/i.test(type)) return false;
  const charset = /;\s*charset="?([^";\s]+)/i.exec(type)?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}

function readBytes(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = () => reject(new BodyRefusal(413, `The body is larger than ${bytesMax} bytes.`));
    if (Number(request.headers['content-length']) > bytesMax) return tooLarge();
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bytesMax) return tooLarge();
      chunks.push(chunk);
    });
    request.on('end', () => {
      const [first] = chunks;
      resolve(first && chunks.length === 1 ? first : Buffer.concat(chunks));
    });
  });
}

function parseJson(body: Buffer): unknown {
  // most bodies are ASCII, which Node decodes and stores faster as one byte a character
  const isPlain = isAscii(body);
  if (!isPlain && !isUtf8(body)) throw badJson();
  const json = body.toString(isPlain ? 'latin1' : 'utf8');
  if (mayBeDeep(json) && isTooDeep(body)) throw badJson();
  try {
    return parse(json, null, { protoAction: 'error', constructorAction: 'error' });
  } catch {
    throw badJson();
  }
}

function badJson(): BodyRefusal {
  return new BodyRefusal(400, 'The body is not valid JSON in UTF-8, or it is nested too deeply.');
}

/** False if JSON has too few brackets to nest too deeply, as most bodies have. Then it is not scanned. */
function mayBeDeep(json: string): boolean {
  let brackets = 0;
  for (const bracket of ['{', '[']) {
    for (let at = json.indexOf(bracket); at >= 0; at = json.indexOf(bracket, at + 1))
      if (++brackets > JSON_DEPTH_MAX) return true;
  }
  return false;
}

/**
 * Whether JSON nests deeper than JSON_DEPTH_MAX. In UTF-8, brackets and quotes are single bytes that occur in no other
 * character.
 */
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
