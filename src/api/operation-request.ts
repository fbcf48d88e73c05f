import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type ErrorCode, timedOut } from '../access/errors.ts';
import type { TransactionOptions } from '../store/index.ts';

export const GRAPHQL_PATH = '/graphql';

/** The request that a context is made from. */
export interface IncomingRequest {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  /** The client's address, behind the proxies that the settings trust. */
  readonly ip: string;
  /** Who is limited: see Context.countedAs. Null until the context has been made. */
  countedAs: string | null;
  /** The number of statements of the operation so far. */
  statements: number;
  /** Passed to the transactions of the request: after the time-out none of them is committed. */
  readonly deadline: TransactionOptions;
}

/** The parts of a received request that an operation depends on. */
type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'socket'>;

/** The address of a request's sender, behind trusted proxies. Empty if the connection is closed. */
export type AddressOf = (request: RequestHead) => string;

/** The outcome of an operation, for the log. */
export interface OperationOutcome {
  readonly name: string | null;
  /** The distinct codes of its errors. */
  readonly codes: readonly ErrorCode[];
  readonly incidents: readonly string[];
  /** The code of each error, with the response name of the root field that it concerns; empty if none. */
  readonly refusals: readonly { readonly code: ErrorCode; readonly field: string }[];
}

interface RequestParts {
  readonly id: string;
  readonly raw: RequestHead;
  readonly response: ServerResponse;
  readonly arrivedAt: number;
  readonly addressOf: AddressOf;
  /** See OperationRequest.isFromServer. If omitted, false. */
  readonly isFromServer?: boolean;
}

/**
 * A request to /graphql. The address is computed on demand, because most requests do not need it. A running operation
 * cannot be stopped, but its transactions heed the deadline.
 */
export class OperationRequest implements IncomingRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** When it arrived, by `performance.now()`. */
  readonly receivedAt: number;
  /** Whether the server itself makes the request, with a constant document. Never true of a request by HTTP. */
  readonly isFromServer: boolean;
  /** The query string of the URL, with its question mark. It has the text of a document that was named by its id. */
  search: string;
  /** The parsed JSON body, once it has arrived. */
  body: unknown;
  /** Null until the operation has been answered. */
  outcome: OperationOutcome | null = null;
  /** Null if its answer is never cached. */
  isCached: boolean | null = null;
  /** The points of its operation. Null if none was parsed. */
  points: number | null = null;
  countedAs: string | null = null;
  statements = 0;
  readonly #parts: RequestParts;
  #hasTimedOut = false;
  #commitsSent = 0;

  constructor(parts: RequestParts) {
    const { id, raw } = parts;
    this.id = id;
    this.method = raw.method ?? '';
    this.url = raw.url ?? '';
    const queryAt = this.url.indexOf('?');
    this.search = queryAt < 0 ? '' : this.url.slice(queryAt);
    this.headers = raw.headers;
    this.receivedAt = parts.arrivedAt;
    this.isFromServer = parts.isFromServer ?? false;
    this.#parts = parts;
  }

  get ip(): string {
    return this.#parts.addressOf(this.#parts.raw);
  }

  /** The length of the document, or of the URL that contains it. */
  get documentChars(): number {
    const source = (this.body as { readonly query?: unknown } | null | undefined)?.query;
    return typeof source === 'string' ? source.length : this.url.length;
  }

  /** Made on demand: most requests are answered from the cache. */
  get deadline(): TransactionOptions {
    return {
      isOver: () => this.#hasTimedOut,
      onCommitSent: () => {
        this.#commitsSent++;
      },
      onCommitFailed: () => {
        this.#commitsSent--;
      },
    };
  }

  /** Whether COMMIT was sent for a transaction of the request, and it is not certain that it failed. */
  get mayHaveWritten(): boolean {
    return this.#commitsSent > 0;
  }

  /** Whether an answer would be too late: the request has timed out, or the client has disconnected. */
  get isOver(): boolean {
    return this.#hasTimedOut || this.#parts.response.destroyed;
  }

  /** Settles as `work` does, or rejects with TIMEOUT. */
  within<T>(ms: number, work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#hasTimedOut = true;
        reject(timedOut(this.mayHaveWritten));
      }, ms);
      work.then(
        (value) => {
          clearTimeout(timer);
          resolve(value);
        },
        (error) => {
          clearTimeout(timer);
          reject(error);
        },
      );
    });
  }
}
