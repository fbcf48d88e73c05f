// How an operation is answered: look up → context → parse and validate → cost → limits → execute → store → format.
// Every request to /graphql takes these steps. What runs where:
// - Apollo Server reads the HTTP request (GET and POST, media types, forged requests, persisted queries), parses and
//   validates. Its refusals are its answers. Valid documents are cached (apollo.ts).
// - Everything else is ours, and Apollo executes nothing: graphql/execution runs our resolvers, which have the signature
//   of Apollo's.
// - Of a host's Apollo plugins, the hooks of Apollo's part run: serverWillStart, drainServer and serverWillStop; once a
//   document, not once a request, requestDidStart, didResolveSource, parsingDidStart, validationDidStart and
//   didResolveOperation, which may refuse it; didEncounterErrors and invalidRequestWasReceived for what Apollo refuses.
//   Hooks of the execution and of the answer see nothing.
import type { ApolloServerPlugin, BaseContext, HTTPGraphQLResponse } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { ErrorCode } from '../access/errors.ts';
import type { CachedAnswer, CacheLookup, ResponseCache } from '../cache/response-cache.ts';
import type { Executor } from '../graphql/execution/index.ts';
import type { Log } from '../log.ts';
import { encodeBody } from './answer-body.ts';
import { type ApolloContext, ApolloParser } from './apollo.ts';
import { answerToError, type FormatError, type IncidentOf } from './format-error.ts';
import { cacheHeaders, compressed, type HttpAnswer, statusWithoutData, withEtag } from './http-answer.ts';
import type { EnforceRateLimits } from './limits/enforce-rate-limits.ts';
import { costOf } from './limits/query-cost.ts';
import { limitsForClients, type QueryLimits } from './limits/query-limits.ts';
import { hasLimitedFields } from './limits/rate-limits.ts';
import { checkTexts, type Operation } from './operation.ts';
import type { IncomingRequest, OperationRequest } from './operation-request.ts';

interface PipelineParts<TContext extends BaseContext> {
  readonly schema: GraphQLSchema;
  readonly executor: Executor;
  readonly introspection: boolean;
  readonly queryLimits: QueryLimits;
  /** Null if rate limits are off. */
  readonly enforceRateLimits: EnforceRateLimits<TContext> | null;
  /** Null if responses are not cached. */
  readonly responseCache: ResponseCache<TContext> | null;
  readonly apolloPlugins: readonly ApolloServerPlugin<ApolloContext>[];
  readonly makeContext: MakeContext<TContext>;
  readonly formatError: FormatError;
  readonly incidentOf: IncidentOf;
  /** The time-out of an operation. */
  readonly timeoutMs: number;
  readonly log: Log;
}

/** Called for each request that is not answered from the cache. A Refusal that it throws becomes the answer. */
export type MakeContext<TContext> = (request: IncomingRequest) => TContext | Promise<TContext>;

export interface Pipeline {
  start(): Promise<void>;
  /** Answers a completely received request and sets its outcome. Never throws or rejects. */
  answer(request: OperationRequest): HttpAnswer | Promise<HttpAnswer>;
  stop(): Promise<void>;
}

export function createPipeline<TContext extends BaseContext>(parts: PipelineParts<TContext>): Pipeline {
  const { responseCache, timeoutMs, incidentOf } = parts;
  const parser = new ApolloParser({ ...parts, plugins: parts.apolloPlugins });
  const failed = (request: OperationRequest, error: unknown): HttpAnswer => {
    const { status, headers, body } = answerToError(incidentOf, error, request);
    return { status, headers: [...cacheHeaders(request), ...headers], body };
  };
  return {
    start: () => parser.start(),
    answer: (request) => {
      try {
        const lookup = responseCache?.lookup(request) ?? null;
        if (lookup?.answer) return formatCached(request, lookup.answer);
        const answering = answer(parts, parser, request, lookup);
        return request.within(timeoutMs, answering).catch((error) => failed(request, error));
      } catch (error) {
        return failed(request, error);
      }
    },
    stop: () => parser.stop(),
  };
}

async function answer<TContext extends BaseContext>(
  parts: PipelineParts<TContext>,
  parser: ApolloParser,
  request: OperationRequest,
  lookup: CacheLookup | null,
): Promise<HttpAnswer> {
  const context = await parts.makeContext(request);
  const parsed = await parser.parse(request);
  if (parsed.operation === null) return formatRefused(request, parsed.response);

  const { operation, contentType } = parsed;
  const headers = [...cacheHeaders(request), 'content-type', contentType];
  const tracked = (lookup && parts.responseCache?.track(context)) ?? null;
  const result = await run(parts, request, operation, tracked?.context ?? context, headers);

  const { status, body } = format(request, operation, result, contentType, headers);
  const isRepeatable = isQueryWithoutErrors(operation, result) && !hasLimitedFields(parts.schema, operation);
  if (isRepeatable && lookup && tracked) parts.responseCache?.store(lookup, tracked, { body, contentType });
  const made = { status, headers, body };
  return compressed(request, isRepeatable ? withEtag(request, made) : made);
}

interface Result {
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly data?: Record<string, unknown> | null | undefined;
  readonly extensions?: Record<string, unknown> | undefined;
}

/** Cost → limits → execute. Adds the rate limit headers to `headers`. */
async function run<TContext extends BaseContext>(
  { schema, queryLimits, enforceRateLimits, executor, formatError }: PipelineParts<TContext>,
  request: OperationRequest,
  operation: Operation,
  context: TContext,
  headers: string[],
): Promise<Result> {
  let extensions: Result['extensions'];
  try {
    const cost = costOf(schema, operation, queryLimits);
    if (request.headers[COST_HEADER] === '1')
      extensions = { cost: { ...cost, limit: limitsForClients(queryLimits) } };
    checkTexts(operation);
    await enforceRateLimits?.(context, schema, operation, cost.points, headers);

    const { document, definition, variables } = operation;
    const operationName = definition.name?.value;
    const { data, errors } = await executor.execute({ document, operationName, variables, context });
    // without data, the operation has not begun: a variable has an invalid value
    const code: ErrorCode = data === undefined ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
    const formatted = errors?.map((error) => formatError(withCode(error, code), error));
    // nothing of it could be done, so it is refused as a whole, with 503
    if (formatted && isAllUnavailable(formatted, data)) return { errors: formatted, extensions };
    return { errors: formatted, data, extensions };
  } catch (error) {
    return { errors: [formatError({ message: '' }, error)], extensions };
  }
}

function isAllUnavailable(errors: readonly GraphQLFormattedError[], data: Result['data']): boolean {
  return (
    errors.every(({ extensions }) => extensions?.['code'] === 'UNAVAILABLE') &&
    Object.values(data ?? {}).every((value) => value === null)
  );
}

/** A request with `x-query-cost: 1` gets the cost of its operation in `extensions.cost`. */
const COST_HEADER = 'x-query-cost';

function withCode(error: GraphQLError, code: ErrorCode): GraphQLFormattedError {
  return { ...error.toJSON(), extensions: { code, ...error.extensions } };
}

/** Formats the answer to an executed operation, and sets the outcome for the log. */
function format(
  request: OperationRequest,
  { definition }: Operation,
  { errors = [], data, extensions }: Result,
  contentType: string,
  headers: string[],
): Pick<HttpAnswer, 'status' | 'body'> {
  const codes = setOutcome(request, definition.name?.value ?? null, errors);
  const retryAfter = Math.max(0, ...errors.map((error) => Number(error.extensions?.['retryAfter'] ?? 0)));
  if (retryAfter > 0) headers.push('retry-after', String(retryAfter));
  const text = JSON.stringify({ errors: errors.length > 0 ? errors : undefined, data, extensions });
  const status = data === undefined ? statusWithoutData(codes, contentType, undefined) : 200;
  return { status, body: encodeBody(text) };
}

/** Formats the response with which Apollo refuses a request. */
function formatRefused(
  request: OperationRequest,
  { status, headers: apolloHeaders, body }: HTTPGraphQLResponse,
): HttpAnswer | Promise<HttpAnswer> {
  if (body.kind !== 'complete') throw new Error('Incremental delivery is not supported.');
  const { errors = [], data } = JSON.parse(body.string) as Result;
  const codes = setOutcome(request, null, errors);
  const contentType = apolloHeaders.get('content-type') ?? '';
  const headers = [...cacheHeaders(request), ...[...apolloHeaders].flat()];
  return compressed(request, {
    status: data === undefined ? statusWithoutData(codes, contentType, status) : (status ?? 200),
    headers,
    body: encodeBody(body.string),
  });
}

function formatCached(request: OperationRequest, cached: CachedAnswer): HttpAnswer | Promise<HttpAnswer> {
  const headers = [...cacheHeaders(request), 'content-type', cached.contentType];
  return compressed(request, withEtag(request, { status: 200, headers, body: cached.body }), cached);
}

function isQueryWithoutErrors({ definition }: Operation, { errors, data }: Result): boolean {
  return definition.operation === 'query' && data !== undefined && errors === undefined;
}

/** Returns the distinct codes of the errors. */
function setOutcome(
  request: OperationRequest,
  name: string | null,
  errors: readonly GraphQLFormattedError[],
): readonly ErrorCode[] {
  const codes = [...new Set(errors.map((error) => error.extensions?.['code'] as ErrorCode))];
  const incidents = errors.flatMap((error) => (error.extensions?.['incident'] as string | undefined) ?? []);
  // otherwise the time-out has been logged already
  if (!request.isOver) request.outcome = { name, codes, incidents: [...new Set(incidents)] };
  return codes;
}
