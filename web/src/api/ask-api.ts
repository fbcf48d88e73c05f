/** An operation as it is sent to the API. */
export interface ApiRequest {
  readonly query: string;
  readonly variables: object;
  /** The session's token. Null for guests. */
  readonly token: string | null;
  /** The reader's address: the API counts its rate limits by it. */
  readonly address: string;
  readonly userAgent: string | undefined;
  /** WebRequest.context. */
  readonly context: unknown;
}

/** Sends an operation to the API and resolves to the JSON of its answer. Rejects only if there is none. */
export type AskApi = (request: ApiRequest) => Promise<string>;
