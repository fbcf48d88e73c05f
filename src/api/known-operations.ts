import type {
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequest,
  GraphQLRequestContext,
  GraphQLRequestContextWillSendResponse,
  HTTPGraphQLRequest,
  HTTPGraphQLResponse,
} from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { chain, type Executor, type Prepared } from '../graphql/execution/index.ts';
import type { Log } from '../log.ts';
import type { MaybePromise } from '../store/index.ts';
import { inTurn } from './in-turn.ts';
import type { OperationListener, OperationPlugin } from './operation-plugin.ts';

/** Documents that are kept, and the longest of them: what front ends send, not what somebody makes up each time. */
const KNOWN_MAX = 1000;
const KNOWN_CHARS_MAX = 20_000;

export interface KnownParts<TContext extends BaseContext> {
  readonly schema: GraphQLSchema;
  readonly executor: Executor;
  /** Every one that Apollo has: the same hooks are called at the same points. */
  readonly plugins: readonly OperationPlugin<TContext>[];
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly log: Log;
}

/**
 * Answers what Apollo has answered before: a POST of a document that it parsed and found valid, from a client whose
 * `accept` it has read. What is left then of its way of a request is done here, in its order and with its hooks:
 * requestDidStart, didResolveOperation, execution, didEncounterErrors, willSendResponse. Everything else, and whatever
 * is wrong with a request before it runs, stays with Apollo. What nothing has to be waited for is answered at once: each
 * turn through the queue of promises costs as much as a hook.
 */
export class KnownOperations<TContext extends BaseContext> {
  readonly #parts: KnownParts<TContext>;
  readonly #documents = new LRUCache<string, DocumentNode>({ max: KNOWN_MAX });
  readonly #mediaTypes = new LRUCache<string, string>({ max: 100 });
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
  answer(
    http: HTTPGraphQLRequest,
    accept: string,
    context: TContext,
  ): MaybePromise<HTTPGraphQLResponse> | null {
    if (http.method !== 'POST' || !isPlain(http.body)) return null;
    const { query, operationName, variables } = http.body;
    const document = this.#documents.get(query);
    const mediaType = this.#mediaTypes.get(accept);
    if (!document || mediaType === undefined) return null;
    const prepared = this.#parts.executor.prepare({ document, operationName, variables });
    if (!prepared) return null;
    return this.#answer({ http, query, operationName, variables, document, prepared, context, mediaType });
  }

  #answer(known: Known<TContext>): MaybePromise<HTTPGraphQLResponse> {
    const request = requestContextOf(this.#parts, known);
    return chain(this.#listeners(request), (listeners) =>
      chain(this.#result(known, request, listeners), (singleResult) => {
        // the very record of the request, as Apollo hands it on: hooks may have put things into it
        request.response.body = { kind: 'single', singleResult };
        const done = request as GraphQLRequestContextWillSendResponse<TContext>;
        return chain(
          inTurn(listeners, (one) => one.willSendResponse?.(done)),
          () => responseOf(done),
        );
      }),
    );
  }

  #listeners(request: Request<TContext>): MaybePromise<OperationListener<TContext>[]> {
    const listeners: OperationListener<TContext>[] = [];
    const started = inTurn(this.#parts.plugins, ({ requestDidStart }) => {
      if (!requestDidStart) return undefined;
      return chain(requestDidStart(request), (listener) => {
        listeners.push(listener);
      });
    });
    return chain(started, () => listeners);
  }

  #result(
    known: Known<TContext>,
    request: Request<TContext>,
    listeners: readonly OperationListener<TContext>[],
  ): MaybePromise<Result> {
    const refused = (error: unknown): MaybePromise<Result> => {
      request.response.http.status = 500;
      return chain(this.#failed(request, listeners, [asGraphQLError(error)]), (errors) => ({ errors }));
    };
    const run = () => this.#run(known, request, listeners);
    try {
      const asked = inTurn(listeners, (one) => one.didResolveOperation?.(request));
      if (asked) return asked.then(run, refused);
    } catch (error) {
      return refused(error);
    }
    return run();
  }

  #run(
    { prepared, context }: Known<TContext>,
    request: Request<TContext>,
    listeners: readonly OperationListener<TContext>[],
  ): MaybePromise<Result> {
    return chain(prepared.run(context), ({ data = null, errors }): MaybePromise<Result> => {
      if (!errors) return { data };
      return chain(this.#failed(request, listeners, errors), (shown) => ({ errors: shown, data }));
    });
  }

  #failed(
    request: Request<TContext>,
    listeners: readonly OperationListener<TContext>[],
    errors: readonly GraphQLError[],
  ): MaybePromise<GraphQLFormattedError[]> {
    const failing = Object.assign(request, { errors });
    return chain(
      inTurn(listeners, (one) => one.didEncounterErrors?.(failing)),
      () => errors.map((error) => this.#formatted(error)),
    );
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
  readonly variables?: Record<string, unknown> | null | undefined;
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
  { http, query, operationName, variables, document, prepared, context, mediaType }: Known<TContext>,
) {
  const headers = new HeaderMap();
  headers.set('content-type', mediaType);
  const request: GraphQLRequest = { query, http };
  if (typeof operationName === 'string') request.operationName = operationName;
  if (variables) request.variables = variables;
  return {
    logger: log,
    schema,
    request,
    response: { http: { status: undefined, headers } as unknown as HTTPGraphQLResponse, body: undefined },
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

function responseOf<TContext extends BaseContext>({
  response: { http, body },
}: GraphQLRequestContextWillSendResponse<TContext>): HTTPGraphQLResponse {
  const { errors, data, extensions } = (body as unknown as { readonly singleResult: Result }).singleResult;
  const string = JSON.stringify({ errors, data, extensions });
  const answer: HTTPGraphQLResponse = { headers: http.headers, body: { kind: 'complete', string } };
  if (http.status !== undefined) answer.status = http.status;
  return answer;
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
