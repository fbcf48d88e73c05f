// How an operation is answered: document by its id → look up → context → parse and validate → coerce → cost → limits → execute → store → format.
// Every request to /graphql takes these steps. What runs where:
// - Apollo Server reads the HTTP request (GET and POST, media types), parses and
//   validates. Its refusals are its answers. Valid documents are cached (apollo.ts).
// - Everything else is ours, and Apollo executes nothing: graphql/execution runs our resolvers, which have the signature
//   of Apollo's.
// - Of a host's Apollo plugins, the hooks of Apollo's part run: serverWillStart, drainServer and serverWillStop; once a
//   document, not once a request, requestDidStart, didResolveSource, parsingDidStart, validationDidStart and
//   didResolveOperation, which may refuse it; didEncounterErrors and invalidRequestWasReceived for what Apollo refuses.
//   Hooks of the execution and of the answer see nothing.
import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { CacheLookup, ResponseCache } from '../cache/response-cache.ts';
import {
  AnswerTooLarge,
  createExecutor,
  type Executor,
  type LimitedResult,
} from '../graphql/execution/index.ts';
import type { Log } from '../log.ts';
import { type ApolloContext, ApolloParser, type Parsed } from './apollo.ts';
import { DocumentCache } from './document-cache.ts';
import { omitEmptyParameters } from './empty-parameters.ts';
import { format, formatCached, formatRefused, type Result, write } from './format-answer.ts';
import { answerToError, type FormatError, withCode } from './format-error.ts';
import { batchAnswer, cacheHeaders, compressed, type HttpAnswer, withEtag } from './http-answer.ts';
import type { IncidentOf } from './incidents.ts';
import { ERRORS_MAX, omittedErrors, tooLarge } from './limits/answer-limits.ts';
import type { RateLimitEnforcer } from './limits/enforce-rate-limits.ts';
import { type CostExtension, costOf, usedPoints } from './limits/query-cost.ts';
import { limitsForClients, type QueryLimits } from './limits/query-limits.ts';
import { hasLimitedFields } from './limits/rate-limits.ts';
import { type CoercedOperation, checkTexts, coerceVariables, type Operation } from './operation.ts';
import type { IncomingRequest, OperationRequest } from './operation-request.ts';
import { PersistedDocuments, type SentDocument, type TrustedDocuments } from './persisted-documents.ts';
import { asUnavailable } from './unavailable-answer.ts';

interface PipelineParts<TContext extends BaseContext> {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly queryLimits: QueryLimits;
  /** Null if rate limits are off. */
  readonly rateLimits: RateLimitEnforcer<TContext> | null;
  /** Null if responses are not cached. */
  readonly responseCache: ResponseCache<TContext> | null;
  /** Null: any document is answered. */
  readonly trustedDocuments: TrustedDocuments | null;
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
  const documents = new DocumentCache();
  const persisted = new PersistedDocuments(parts.trustedDocuments);
  const parser = new ApolloParser({ ...parts, documents, plugins: parts.apolloPlugins });
  const executor = createExecutor(parts.schema, {
    limits: { bytesMax: parts.queryLimits.answerBytesMax, errorsMax: ERRORS_MAX },
    onPlanned: (document, bytes) => documents.grow(document, bytes),
  });
  const running: RunningPipeline<TContext> = { ...parts, parser, executor, persisted };
  const failed = (request: OperationRequest, error: unknown): HttpAnswer => {
    const { status, headers, body } = answerToError(incidentOf, error, request);
    return { status, headers: [...cacheHeaders(request), ...headers], body };
  };
  return {
    start: () => parser.start(),
    answer: (request) => {
      try {
        if (Array.isArray(request.body)) return batchAnswer(request, request.body.length);
        omitEmptyParameters(request);
        const sent = persisted.resolve(request);
        const lookup = responseCache?.lookup(request) ?? null;
        if (lookup) request.isCached = lookup.answer !== null;
        if (lookup?.answer) {
          if (sent) persisted.accept(sent);
          return formatCached(request, lookup.answer);
        }
        return request
          .within(timeoutMs, answer(running, request, lookup, sent))
          .catch((error) => failed(request, error));
      } catch (error) {
        return failed(request, error);
      }
    },
    stop: () => parser.stop(),
  };
}

interface RunningPipeline<TContext extends BaseContext> extends PipelineParts<TContext> {
  readonly parser: ApolloParser;
  readonly executor: Executor;
  readonly persisted: PersistedDocuments;
}

async function answer<TContext extends BaseContext>(
  parts: RunningPipeline<TContext>,
  request: OperationRequest,
  lookup: CacheLookup | null,
  sent: SentDocument | null,
): Promise<HttpAnswer> {
  const context = await parts.makeContext(request);
  const headers = cacheHeaders(request);
  const parsed = parts.parser.find(request) ?? (await parse(parts, context, request, headers));
  if (parsed.operation === null) return formatRefused(request, parsed.response, headers);
  if (sent) parts.persisted.accept(sent);

  const { operation, contentType } = parsed;
  headers.push('content-type', contentType);
  const tracked = (lookup && parts.responseCache?.track(context)) ?? null;
  let result = await run(parts, request, operation, tracked?.context ?? context, headers);

  const { answerBytesMax: bytesMax } = parts.queryLimits;
  let text = write(result, bytesMax);
  if (text === null) {
    const refusal = tooLarge(new AnswerTooLarge(bytesMax), operation.definition.operation);
    result = { errors: [parts.formatError({ message: '' }, refusal)] };
    text = JSON.stringify(result);
  }
  const { status, body } = format(request, operation, result, text, contentType, headers);
  const isRepeatable = isQueryWithoutErrors(operation, result) && !hasLimitedFields(parts.schema, operation);
  if (isRepeatable && lookup && tracked) parts.responseCache?.store(lookup, tracked, { body, contentType });
  const made = { status, headers, body };
  return compressed(request, isRepeatable ? withEtag(request, made) : made);
}

/** Parses and validates a document that is not cached, if the client has points left to have it refused. */
async function parse<TContext extends BaseContext>(
  { parser, rateLimits }: RunningPipeline<TContext>,
  context: TContext,
  request: OperationRequest,
  headers: string[],
): Promise<Parsed> {
  rateLimits?.requireLeft(context, headers);
  let parsed: Parsed | null = null;
  try {
    parsed = await parser.parse(request);
    return parsed;
  } finally {
    if (!parsed?.operation) rateLimits?.afterRefusal(context, request.documentChars, headers);
  }
}

/** Coerce → cost → limits → execute. Adds the rate limit headers to `headers`. */
async function run<TContext extends BaseContext>(
  parts: RunningPipeline<TContext>,
  request: OperationRequest,
  operation: Operation,
  context: TContext,
  headers: string[],
): Promise<Result> {
  const { schema, rateLimits, executor, formatError } = parts;
  const { definition } = operation;
  let extensions: CostExtension | undefined;
  try {
    rateLimits?.requireLeft(context, headers);
    const prepared = prepare(parts, request, operation);
    ({ extensions } = prepared);
    if ('errors' in prepared) {
      rateLimits?.afterRefusal(context, operation.source.length, headers);
      return prepared;
    }
    const { points, operation: ready } = prepared;
    const consumed = await rateLimits?.beforeRun(context, schema, ready, points, headers);
    let used = points;
    let result: LimitedResult;
    try {
      result = await executor.execute({ ...ready, operationName: definition.name?.value, context });
      // what has failed may have cost all of it
      if (isQueryWithoutErrors(operation, result)) used = usedPoints(ready, result.data);
    } finally {
      if (consumed) rateLimits?.afterRun(context, consumed, points - used, headers);
    }
    if (extensions) extensions.cost.usedPoints = used;
    const errors = result.errors?.map((error) =>
      formatError(withCode(error, 'INTERNAL_SERVER_ERROR'), error),
    );
    if (result.omittedErrors !== undefined) errors?.push(omittedErrors(result.omittedErrors));
    const unavailable = errors && asUnavailable(errors, result.data, request.mayHaveWritten);
    if (unavailable) return { errors: unavailable, extensions };
    return { errors, data: result.data, extensions };
  } catch (error) {
    const refusal = error instanceof AnswerTooLarge ? tooLarge(error, definition.operation) : error;
    return { errors: [formatError({ message: '' }, refusal)], extensions };
  }
}

interface Prepared {
  readonly operation: CoercedOperation;
  readonly points: number;
  readonly extensions: CostExtension | undefined;
}

type RefusedOperation = Pick<Prepared, 'extensions'> & { readonly errors: readonly GraphQLFormattedError[] };

/** Coerces the variables, and checks the cost and the texts. */
function prepare<TContext extends BaseContext>(
  { schema, queryLimits, formatError }: PipelineParts<TContext>,
  request: OperationRequest,
  operation: Operation,
): Prepared | RefusedOperation {
  let extensions: CostExtension | undefined;
  try {
    const { coerced, errors } = coerceVariables(schema, operation);
    if (errors)
      return {
        errors: errors.map((error) =>
          formatError(error instanceof GraphQLError ? error.toJSON() : { message: '' }, error),
        ),
        extensions,
      };
    const { source, document, definition, variables } = operation;
    const ready: CoercedOperation = { source, document, definition, variables, coerced };
    const cost = costOf(schema, ready, queryLimits);
    request.points = cost.points;
    if (request.headers[COST_HEADER] === '1')
      extensions = { cost: { ...cost, limit: limitsForClients(queryLimits) } };
    checkTexts(operation);
    return { operation: ready, points: cost.points, extensions };
  } catch (error) {
    return { errors: [formatError({ message: '' }, error)], extensions };
  }
}

/** A request with `x-query-cost: 1` gets the cost of its operation in `extensions.cost`. */
const COST_HEADER = 'x-query-cost';

function isQueryWithoutErrors<R extends Result | LimitedResult>(
  { definition }: Operation,
  result: R,
): result is R & { readonly data: object } {
  return definition.operation === 'query' && result.data != null && result.errors === undefined;
}
