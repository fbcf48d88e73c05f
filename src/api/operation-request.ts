import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type ErrorCode, Refusal } from '../access/errors.ts';

export const GRAPHQL_PATH = '/graphql';

/** What a context is made from. */
export interface IncomingRequest {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  /** The client's address, behind proxies as far as the settings trust them. */
  readonly ip: string;
  /** Aborts when the client goes away or the time for the answer is over. */
  readonly signal: AbortSignal;
}

/** A request's sender, behind proxies as far as they are trusted. Empty if it has gone. */
export type AddressOf = (request: IncomingMessage) => string;

/** How an operation ended, as far as the log may tell. */
export interface OperationOutcome {
  readonly name: string | null;
  /** The codes of its errors, each once. */
  readonly codes: readonly ErrorCode[];
  readonly incidents: readonly string[];
}

export interface RequestParts {
  readonly id: string;
  readonly raw: IncomingMessage;
  readonly response: ServerResponse;
  readonly addressOf: AddressOf;
}

/**
 * A request to /graphql. The address and the signal are made for whoever asks for them: most requests need neither.
 * Nobody can stop an operation that runs, so resolvers that wait for something long should heed the signal.
 */
export class OperationRequest implements IncomingRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly receivedAt = performance.now();
  /** What its JSON says, once it has arrived. */
  body: unknown;
  /** Null until an operation has been answered. */
  outcome: OperationOutcome | null = null;
  readonly #parts: RequestParts;
  #controller: AbortController | null = null;
  #isOver = false;

  constructor(parts: RequestParts) {
    const { id, raw } = parts;
    this.id = id;
    this.method = raw.method ?? '';
    this.url = raw.url ?? '';
    this.headers = raw.headers;
    this.#parts = parts;
  }

  get ip(): string {
    return this.#parts.addressOf(this.#parts.raw);
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      const { response } = this.#parts;
      const controller = new AbortController();
      this.#controller = controller;
      response.once('close', () => {
        if (!response.writableFinished) controller.abort();
      });
    }
    return this.#controller.signal;
  }

  /** Whether an answer comes too late: the client has been told so, or has gone. */
  get isOver(): boolean {
    return this.#isOver || this.#parts.response.destroyed;
  }

  /** Resolves as `work` does, or rejects with TIMEOUT. */
  within<T>(ms: number, work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#isOver = true;
        this.#controller?.abort();
        reject(new Refusal('TIMEOUT', 'The operation took longer than the server allows.'));
      }, ms);
      work.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}
