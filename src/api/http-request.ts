import type { IncomingHttpHeaders } from 'node:http';
import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';

/** A request that has been received as a whole, whoever has received it. */
interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: unknown;
}

/** A request as Apollo takes it. Its headers are copied for whoever asks for all of them: hardly anybody does. */
export class HttpRequest implements HTTPGraphQLRequest {
  readonly method: string;
  readonly search: string;
  readonly body: unknown;
  readonly #request: Received;
  #headers: HeaderMap | null = null;

  constructor(request: Received) {
    const { method, url, body } = request;
    const mark = url.indexOf('?');
    this.method = method;
    this.search = mark < 0 ? '' : url.slice(mark);
    this.body = body;
    this.#request = request;
  }

  get headers(): HeaderMap {
    this.#headers ??= this.#copied();
    return this.#headers;
  }

  /** One of them, by its name in lower case. */
  header(name: string): string | undefined {
    const value = this.#request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  #copied(): HeaderMap {
    const headers = new HeaderMap();
    for (const name in this.#request.headers) {
      const value = this.header(name);
      if (value !== undefined) headers.set(name, value);
    }
    return headers;
  }
}

/** A header of a request by its name in lower case, with no copy of the others where that can be. */
export function headerOf(http: HTTPGraphQLRequest | undefined, name: string): string | undefined {
  return http instanceof HttpRequest ? http.header(name) : http?.headers.get(name);
}
