import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Refusal } from './paced-refusals.ts';
import { afterNextRead, SocketReading } from './socket-reading.ts';
import { UnparsedBytes } from './unparsed-bytes.ts';
import { UnsentBytes } from './unsent-bytes.ts';

/** At most this many parsed requests wait. A client that pipelines more in its first packet is disconnected after them. */
const WAITING_MAX = 16;
/** Unparsed bytes beyond which a connection is not read. */
const UNPARSED_BYTES_MAX = 16 * 1024;
/** About how long it takes to read and refuse what has arrived on most connections. */
const REFUSING_MS = 0.03;
/** One packet may hold thousands of short requests, which would take the event loop for long. */
const REFUSED_AT_ONCE_MAX = 100;

/** Node sets this while a client takes its answers too slowly. Its parser must be given nothing then. */
type PausedSocket = Socket & { readonly _paused?: boolean };

/** `arrivedAt`: when its first bytes were read from the connection, by `performance.now()`. */
export type Handle = (request: IncomingMessage, response: ServerResponse, arrivedAt: number) => void;

/** Decides which requests are refused before they are parsed. */
export interface Shedding {
  refuses(arrivedAt: number): boolean;
  /** Has a refusal sent when there is time for it. */
  add(refusal: Refusal): void;
  /** The answers to requests with these heads. */
  refusalsOf(heads: readonly string[]): string;
  /** Refusing took so much longer than expected. */
  overran(ms: number): void;
}

interface Waiting {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly arrivedAt: number;
}

/**
 * A connection, on which one request at a time is answered. Node would parse all requests that have arrived (HTTP
 * pipelining) and hold each of them, and the answers to all of them for a client that does not read. Here the next
 * request begins when the answer before it has been sent, and what follows it waits unparsed, so that TCP slows the
 * client down. Most clients never send a second request before the first is answered: then Node's parser reads the
 * socket itself. From the first such request or the first refusal on, this class reads it and parses one request at a
 * time. In an overload it refuses requests unparsed, and reads nothing until it has time for that.
 */
export class Connection {
  readonly socket: Socket;
  readonly unsent: UnsentBytes;
  readonly #handle: Handle;
  readonly #shedding: Shedding | null;
  readonly #reading: SocketReading;
  readonly #unparsed = new UnparsedBytes();
  readonly #waiting: Waiting[] = [];
  /** The request that is being answered. */
  #request: IncomingMessage | null = null;
  #isFull = false;
  #parse: ((chunk: Buffer) => void) | null = null;
  /** When the bytes arrived that are being parsed. Null if Node reads the socket. */
  #parsedAt: number | null = null;
  /** The bytes of the latest request's body that are not parsed yet. Null if its length is unknown. */
  #bodyLeft: number | null = null;
  /** Whether the latest request was refused, and what is behind it is refused with it. */
  #isRefused = false;
  /** Whether the request that is being answered has waited behind a refused one. */
  #isBehindRefused = false;

  constructor(socket: Socket, handle: Handle, shedding: Shedding | null) {
    this.socket = socket;
    this.unsent = new UnsentBytes(socket);
    this.#handle = handle;
    this.#shedding = shedding;
    this.#reading = new SocketReading(socket);
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

  /**
   * The request that has begun is refused. Returns whether its refusal must wait until there is time for it. One behind a
   * refused request has waited already.
   */
  refuse(): boolean {
    this.#isRefused = true;
    if (this.#parse === null) process.nextTick(this.#readOurselves);
    return !this.#isBehindRefused;
  }

  get #isBusy(): boolean {
    return this.#request !== null;
  }

  #start({ request, response, arrivedAt }: Waiting): void {
    this.#request = request;
    this.#isBehindRefused = this.#isRefused;
    this.#isRefused = false;
    if (this.#isFull && this.#waiting.length === 0) response.shouldKeepAlive = false;
    response.once('close', this.#next);
    // nobody reads the body of another method, and it would be kept
    if (request.method !== 'POST' && unreadBodyBytes(request) !== 0) request.resume();
    this.#handle(request, response, arrivedAt);
  }

  readonly #next = (): void => {
    this.#request = null;
    // ended after an answer with `Connection: close`: what follows is not processed
    if (!this.socket.writable) {
      this.#waiting.length = 0;
      this.#unparsed.clear();
      return;
    }
    const next = this.#waiting.shift();
    if (next) this.#start(next);
    else if (this.#isRefused) this.#readAndRefuse();
    if (this.#parse !== null) this.#parseOne();
  };

  readonly #readOurselves = (): void => {
    const [parse, ...others] = this.socket.listeners('data');
    if (this.#parse !== null || this.socket.destroyed || !parse || others.length > 0) return;
    this.#parse = parse as (chunk: Buffer) => void;
    this.socket.removeListener('data', this.#parse);
    this.socket.on('data', (bytes: Buffer) => {
      this.#unparsed.add(bytes, this.#reading.waitingSince());
      this.#parseOne();
      if (!this.#mayRead()) this.#reading.stop();
    });
    if (!this.#mayRead()) this.#reading.stop();
  };

  /** Parses up to the end of the request that is being answered, or of the next one if none is. */
  readonly #parseOne = (): void => {
    const socket: PausedSocket = this.socket;
    while (this.#unparsed.length > 0 && this.#waiting.length === 0 && !this.#isFull && socket.writable) {
      if (this.#isBusy && this.#bodyLeft === 0) break;
      if (!this.#isBusy && this.#isRefused) return;
      // answers have been sent when nothing is being answered: the client does not take its refusals
      if (socket._paused || (!this.#isBusy && socket.writableNeedDrain)) {
        socket.off('drain', this.#parseOne).once('drain', this.#parseOne);
        break;
      }
      if (!this.#isBusy && this.#shed()) return;
      this.#parseSome();
    }
    if (this.#mayRead()) {
      this.#reading.start();
      socket.resume();
    } else {
      this.#reading.stop();
    }
  };

  /**
   * Not while much is unparsed, or while a request waits for its refusal. Its body is read: a client whose body is unread
   * when the connection is closed may not see the answer.
   */
  #mayRead(): boolean {
    if (this.#unparsed.length > UNPARSED_BYTES_MAX) return false;
    const request = this.#isRefused && this.#waiting.length === 0 ? this.#request : null;
    return request === null || !(request.complete || unreadBodyBytes(request) === 0);
  }

  /** Parses the rest of a body, or up to the end of a head. */
  #parseSome(): void {
    const left = this.#bodyLeft ?? 0;
    const some = left > 0 ? this.#unparsed.take(left) : this.#unparsed.takeHead();
    if (some === null) return;
    if (left > 0) this.#bodyLeft = left - some.bytes.length;
    this.#parsedAt = some.arrivedAt;
    this.#parse?.call(this.socket, some.bytes);
  }

  /** Whether the next request is refused unparsed. Nothing is read until there is time for it. */
  #shed(): boolean {
    const { socket } = this;
    const { arrivedAt } = this.#unparsed;
    if (this.#shedding === null || arrivedAt === null || !this.#isBetweenRequests()) return false;
    if (!this.#shedding.refuses(arrivedAt) || !this.#unparsed.hasRequest()) return false;
    this.#isRefused = true;
    this.#reading.stop();
    this.#shedding.add({
      get isGone() {
        return socket.destroyed;
      },
      laterMs: REFUSING_MS,
      send: (isImmediate) => {
        if (isImmediate) this.#refuseUnparsed();
        this.#readAndRefuse();
      },
    });
    return true;
  }

  #isBetweenRequests(): boolean {
    return this.#bodyLeft === 0 && !this.#unparsed.isInsideHead;
  }

  /** Refuses what has arrived meanwhile, too. */
  #readAndRefuse(): void {
    if (this.#mayRead()) this.#reading.start();
    afterNextRead(() => {
      this.#isRefused = false;
      if (!this.socket.writable) return;
      if (this.#isBetweenRequests() && !this.socket.writableNeedDrain) this.#refuseUnparsed();
      this.#parseOne();
    });
  }

  /** What remains of many is judged again. */
  #refuseUnparsed(): void {
    if (this.#shedding === null) return;
    const startedAt = performance.now();
    const heads = this.#unparsed.takeRequests(startedAt, REFUSED_AT_ONCE_MAX);
    if (heads.length === 0) return;
    this.socket.write(this.#shedding.refusalsOf(heads), 'latin1');
    this.#shedding.overran(Math.max(0, performance.now() - startedAt - REFUSING_MS));
  }
}

function unreadBodyBytes({ headers }: IncomingMessage): number | null {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : null;
}
