import type { IncomingHttpHeaders } from 'node:http';

/** A request for a page, as the server that the front end runs in has received it. */
export interface WebRequest {
  readonly method: string;
  /** Path and query string. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The body of a form. Null if there is none. */
  readonly form: string | null;
  /** The reader's address, behind trusted proxies. */
  readonly address: string;
  /** What the server wants back with each operation that the page sends to the API. */
  readonly context?: unknown;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}
