import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { countRequests, HEAD_END } from './pipelined-requests.ts';

/** At most this many parsed requests wait. A client that pipelines more in its first packet is disconnected after them. */
const WAITING_MAX = 16;
/** A head is at least as long as `GET / HTTP/1.1`. */
const HEAD_BYTES_MIN = 14;
/** Unparsed bytes beyond which a connection is not read. */
const UNPARSED_BYTES_MAX = 16 * 1024;

/** A client that takes as much of its answers in `unsentMsMax` is slow, and not gone. */
const TAKEN_BYTES_MIN = 64 * 1024;

/** Node sets this while a client takes its answers too slowly. Its parser must be given nothing then. */
type PausedSocket = Socket & { readonly _paused?: boolean };

/** `arrivedAt`: when its first bytes were read from the connection, by `performance.now()`. */
export type Handle = (request: IncomingMessage, response: ServerResponse, arrivedAt: number) => void;

interface Waiting {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly arrivedAt: number;
}

interface Chunk {
  readonly bytes: Buffer;
  readonly arrivedAt: number;
}

/**
 * A connection, on which one request at a time is answered. Node would parse all requests that have arrived (HTTP
 * pipelining) and hold each of them, and the answers to all of them for a client that does not read. Here the next
 * request begins when the answer before it has been sent, and what follows it waits unparsed, so that TCP slows the
 * client down. Most clients never send a second request before the first is answered: then Node's parser reads the
 * socket itself. From the first such request on, this class reads it and parses one request at a time.
 */
export class Connection {
  readonly socket: Socket;
  /**
   * Since when bytes wait to be sent and the client has taken less than `TAKEN_BYTES_MIN`, as far as `Connections.check`
   * has seen. Null if none wait.
   */
  unsentSince: number | null = null;
  /** The bytes that waited then. */
  #unsentBefore = 0;
  readonly #handle: Handle;
  #isBusy = false;
  readonly #waiting: Waiting[] = [];
  #isFull = false;
  #parse: ((chunk: Buffer) => void) | null = null;
  #unparsed: Chunk[] = [];
  #unparsedBytes = 0;
  /** When the bytes arrived that are being parsed. Null if Node reads the socket. */
  #parsedAt: number | null = null;
  /** The bytes of the latest request's body that are not parsed yet. Null if its length is unknown. */
  #bodyLeft: number | null = null;
  /** The last bytes of an unfinished head: its end may be divided between two packets. */
  #headTail: Buffer = Buffer.alloc(0);
  #refusal: Buffer | null = null;

  constructor(socket: Socket, handle: Handle) {
    this.socket = socket;
    this.#handle = handle;
  }

  receive(request: IncomingMessage, response: ServerResponse): void {
    const received = { request, response, arrivedAt: this.#parsedAt ?? performance.now() };
    if (this.#parse !== null) this.#bodyLeft = unreadBodyBytes(request);
    if (!this.#isBusy) {
      this.#start(received);
      return;
    }
    if (this.#waiting.length >= WAITING_MAX) this.#isFull = true;
    else this.#waiting.push(received);
    // the parser is at work now
    if (this.#parse === null) process.nextTick(this.#readOurselves);
  }

  /** Updates `unsentSince`. */
  measureUnsent(now: number): void {
    const unsent = unsentBytesOf(this.socket);
    const taken = this.#unsentBefore - unsent; // negative if another answer has begun
    if (unsent > 0 && this.unsentSince !== null && taken >= 0 && taken < TAKEN_BYTES_MIN) return;
    this.unsentSince = unsent > 0 ? now : null;
    this.#unsentBefore = unsent;
  }

  /** Sends `refusal` also to the requests that have waited behind the one that is being refused. */
  refuseWaiting(refusal: Buffer): void {
    this.#refusal = refusal;
  }

  #start({ request, response, arrivedAt }: Waiting): void {
    this.#isBusy = true;
    if (this.#isFull && this.#waiting.length === 0) response.shouldKeepAlive = false;
    response.once('close', this.#next);
    // nobody reads the body of another method, and it would be kept
    if (request.method !== 'POST' && unreadBodyBytes(request) !== 0) request.resume();
    this.#handle(request, response, arrivedAt);
  }

  readonly #next = (): void => {
    this.#isBusy = false;
    // ended after an answer with `Connection: close`: what follows is not processed
    if (!this.socket.writable) {
      this.#waiting.length = 0;
      this.#unparsed = [];
      return;
    }
    const refusal = this.#refusal;
    this.#refusal = null;
    const next = this.#waiting.shift();
    if (next) this.#start(next);
    else if (refusal !== null && this.#bodyLeft === 0) this.#refuseUnparsed(refusal);
    if (this.#parse !== null) this.#parseOne();
  };

  readonly #readOurselves = (): void => {
    const [parse, ...others] = this.socket.listeners('data');
    if (this.#parse !== null || this.socket.destroyed || !parse || others.length > 0) return;
    this.#parse = parse as (chunk: Buffer) => void;
    this.socket.removeListener('data', this.#parse);
    this.socket.on('data', (bytes: Buffer) => {
      this.#unparsed.push({ bytes, arrivedAt: performance.now() });
      this.#unparsedBytes += bytes.length;
      this.#parseOne();
    });
  };

  /** Parses up to the end of the request that is being answered, or of the next one if none is. */
  readonly #parseOne = (): void => {
    const socket: PausedSocket = this.socket;
    while (this.#unparsed[0] && this.#waiting.length === 0 && !this.#isFull && socket.writable) {
      if (this.#isBusy && this.#bodyLeft === 0) break;
      if (socket._paused) {
        socket.off('drain', this.#parseOne).once('drain', this.#parseOne);
        break;
      }
      this.#parseSome(this.#unparsed[0]);
    }
    if (this.#unparsedBytes > UNPARSED_BYTES_MAX) socket.pause();
    else socket.resume();
  };

  /** Parses the rest of a body, or up to the end of a head. */
  #parseSome({ bytes, arrivedAt }: Chunk): void {
    let at = bytes.length;
    if (this.#bodyLeft !== null && this.#bodyLeft > 0) {
      at = Math.min(at, this.#bodyLeft);
      this.#bodyLeft -= at;
    } else {
      at = this.#headBytesOf(bytes);
    }
    if (at < bytes.length) this.#unparsed[0] = { bytes: bytes.subarray(at), arrivedAt };
    else this.#unparsed.shift();
    this.#unparsedBytes -= at;
    this.#parsedAt = arrivedAt;
    this.#parse?.call(this.socket, bytes.subarray(0, at));
  }

  /** The number of bytes up to the end of a head, or all of them if it does not end there. */
  #headBytesOf(bytes: Buffer): number {
    const tail = this.#headTail;
    const all = Buffer.concat([tail, bytes]);
    const end = all.indexOf(HEAD_END, tail.length === 0 ? HEAD_BYTES_MIN : 0);
    this.#headTail = end < 0 ? Buffer.from(all.subarray(1 - HEAD_END.length)) : Buffer.alloc(0);
    return end < 0 ? bytes.length : end + HEAD_END.length - tail.length;
  }

  #refuseUnparsed(refusal: Buffer): void {
    const [first] = this.#unparsed;
    if (!first) return;
    const all = Buffer.concat(this.#unparsed.map(({ bytes }) => bytes));
    const { count, bytes } = countRequests(all);
    if (count === 0) return;
    this.socket.write(Buffer.concat(new Array<Buffer>(count).fill(refusal)));
    // what remains is an unfinished request, whose client is still sending it
    this.#unparsed = bytes < all.length ? [{ bytes: all.subarray(bytes), arrivedAt: performance.now() }] : [];
    this.#unparsedBytes = all.length - bytes;
  }
}

/** `writableLength` counts a whole answer until its last byte is sent; libuv knows what is left of it. */
function unsentBytesOf(
  socket: Socket & { readonly _handle?: { readonly writeQueueSize?: number } | null },
): number {
  if (socket.writableLength === 0) return 0;
  return socket._handle?.writeQueueSize || socket.writableLength;
}

function unreadBodyBytes({ headers }: IncomingMessage): number | null {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : null;
}
