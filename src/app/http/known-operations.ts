import type {
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequestContext,
  GraphQLRequestListener,
  HTTPGraphQLRequest,
  HTTPGraphQLResponse,
} from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { RecentlyUsed } from '../../kit/recently-used.ts';
import type { Executor, Prepared } from '../execute/executor.ts';
import type { Log } from '../log.ts';

/** Documents that are kept, and the longest of them: what front ends send, not what somebody makes up each time. */
const KNOWN_MAX = 1000;
const KNOWN_CHARS_MAX = 20_000;

export interface KnownParts<TContext extends BaseContext> {
  readonly schema: GraphQLSchema;
  readonly executor: Executor;
  /** Every one that Apollo has: the same hooks are called at the same points. */
  readonly plugins: readonly ApolloServerPlugin<TContext>[];
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly log: Log;
}

/**
 * Answers what Apollo has answered before: a POST of a document that it parsed and found valid, from a client whose
 * `accept` it has read. What is left then of its way of a request is done here, in its order and with its hooks:
 * requestDidStart, didResolveOperation, execution, didEncounterErrors, willSendResponse. Everything else, and whatever
 * is wrong with a request before it runs, stays with Apollo.
 */
export class KnownOperations<TContext extends BaseContext> {
  readonly #parts: KnownParts<TContext>;
  readonly #documents = new RecentlyUsed<string, DocumentNode>(KNOWN_MAX);
  readonly #mediaTypes = new RecentlyUsed<string, string>(100);
  /** Apollo tells it what it has found valid. */
  readonly plugin: ApolloServerPlugin<TContext> = {
    requestDidStart: async () => ({
      didResolveOperation: async ({ source, document }) => {
        if (source.length <= KNOWN_CHARS_MAX) this.#documents.set(source, document);
      },
    }),
  };

  constructor(parts: KnownParts<TContext>) {
    this.#parts = parts;
  }

  /** Takes note of an answer of Apollo's. */
  learn(accept: string, { status = 200, headers, body }: HTTPGraphQLResponse): void {
    const mediaType = headers.get('content-type');
    if (status !== 200 || body.kind !== 'complete' || mediaType === undefined) return;
    this.#mediaTypes.set(accept, mediaType);
  }

  /** Null: Apollo is to answer this one. */
  answer(http: HTTPGraphQLRequest, accept: string, context: TContext): Promise<HTTPGraphQLResponse> | null {
    if (http.method !== 'POST' || !isPlain(http.body)) return null;
    const { query, operationName, variables } = http.body;
    const document = this.#documents.get(query);
    const mediaType = this.#mediaTypes.get(accept);
    if (!document || mediaType === undefined) return null;
    const prepared = this.#parts.executor.prepare({ document, operationName, variables });
    if (!prepared) return null;
    return this.#answer({ http, query, operationName, variables, document, prepared, context, mediaType });
  }

  async #answer(known: Known<TContext>): Promise<HTTPGraphQLResponse> {
    const request = requestContextOf(this.#parts, known);
    const listeners: GraphQLRequestListener<TContext>[] = [];
    for (const { requestDidStart } of this.#parts.plugins) {
      const listener = requestDidStart && (await requestDidStart(request));
      if (listener) listeners.push(listener);
    }
    const result = await this.#result(known, request, listeners);
    // the very record of the request, as Apollo hands it on: hooks may have put things into it
    const done = Object.assign(request, {
      response: Object.assign(request.response, { body: { kind: 'single' as const, singleResult: result } }),
    });
    for (const one of listeners) if (one.willSendResponse) await one.willSendResponse(done);
    const { errors, data, extensions } = done.response.body.singleResult;
    return {
      ...request.response.http,
      body: { kind: 'complete', string: JSON.stringify({ errors, data, extensions }) },
    };
  }

  async #result(
    known: Known<TContext>,
    request: Request<TContext>,
    listeners: readonly GraphQLRequestListener<TContext>[],
  ): Promise<Result> {
    try {
      for (const one of listeners) if (one.didResolveOperation) await one.didResolveOperation(request);
    } catch (error) {
      request.response.http.status = 500;
      return { errors: await this.#failed(request, listeners, [asGraphQLError(error)]) };
    }
    const running = known.prepared.run(known.context);
    const { data = null, errors } = running instanceof Promise ? await running : running;
    return errors ? { errors: await this.#failed(request, listeners, errors), data } : { data };
  }

  async #failed(
    request: Request<TContext>,
    listeners: readonly GraphQLRequestListener<TContext>[],
    errors: readonly GraphQLError[],
  ): Promise<GraphQLFormattedError[]> {
    const failing = Object.assign(request, { errors });
    for (const one of listeners) if (one.didEncounterErrors) await one.didEncounterErrors(failing);
    return errors.map((error) => this.#formatted(error));
  }

  /** As Apollo hands errors to `formatError`. */
  #formatted(error: GraphQLError): GraphQLFormattedError {
    const code = error.extensions['code'] ?? 'INTERNAL_SERVER_ERROR';
    return this.#parts.formatError({ ...error.toJSON(), extensions: { ...error.extensions, code } }, error);
  }
}

interface Result {
  readonly errors?: GraphQLFormattedError[];
  readonly data?: Record<string, unknown> | null;
  readonly extensions?: Record<string, unknown>;
}

interface Plain {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

interface Known<TContext> extends Plain {
  readonly http: HTTPGraphQLRequest;
  readonly document: DocumentNode;
  readonly prepared: Prepared;
  readonly context: TContext;
  readonly mediaType: string;
}

type Request<TContext extends BaseContext> = ReturnType<typeof requestContextOf<TContext>>;

/** Apollo's record of a request, as far as hooks read and write it. */
function requestContextOf<TContext extends BaseContext>(
  { schema, log }: KnownParts<TContext>,
  known: Known<TContext>,
) {
  const { http, query, operationName, variables, document, prepared, context, mediaType } = known;
  return {
    logger: log,
    schema,
    request: {
      query,
      http,
      ...(typeof operationName === 'string' && { operationName }),
      ...(variables && { variables }),
    },
    response: { http: { headers: new HeaderMap([['content-type', mediaType]]) } as HTTPGraphQLResponse },
    contextValue: context,
    metrics: { persistedQueryHit: false, persistedQueryRegister: false },
    requestIsBatched: false,
    queryHash: '',
    source: query,
    document,
    operation: prepared.operation,
    operationName: prepared.operation.name?.value ?? null,
    errors: undefined as readonly GraphQLError[] | undefined,
  } as unknown as GraphQLRequestContext<TContext> & {
    errors?: readonly GraphQLError[];
    readonly source: string;
    readonly queryHash: string;
    readonly document: DocumentNode;
    readonly operation: Prepared['operation'];
    readonly operationName: string | null;
  };
}

function isPlain(body: unknown): body is Plain {
  if (!isRecord(body)) return false;
  const { query, operationName, variables, extensions } = body;
  return (
    typeof query === 'string' &&
    (operationName === undefined || operationName === null || typeof operationName === 'string') &&
    (variables === undefined || variables === null || isRecord(variables)) &&
    (extensions === undefined || extensions === null)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asGraphQLError(thrown: unknown): GraphQLError {
  if (thrown instanceof GraphQLError) return thrown;
  const originalError = thrown instanceof Error ? thrown : new Error(`Unexpected error value: ${thrown}`);
  return new GraphQLError(originalError.message, { originalError });
}
