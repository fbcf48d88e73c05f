import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type BaseContext,
  type HTTPGraphQLRequest,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { ErrorCode } from '../access/errors.ts';
import type { Executor } from '../graphql/execution/index.ts';
import type { Log } from '../log.ts';
import type { OperationNote } from '../server/http/request-log.ts';
import type { MaybePromise } from '../store/index.ts';
import { inputTextPlugin } from './input-text.ts';
import { KnownOperations } from './known-operations.ts';
import { limitedFieldsOf } from './limits/limited-fields.ts';
import { queryCostPlugin } from './limits/query-cost-plugin.ts';
import { QUERY_TOKENS_MAX, type QueryLimits } from './limits/query-limits.ts';
import { forApollo, type OperationListener, type OperationPlugin } from './operation-plugin.ts';

/** Called once an operation has been answered, with the very object that was given as its HTTP request. */
export type NoteOperation = (http: HTTPGraphQLRequest, note: OperationNote) => void;

export interface ApolloParts<TContext extends BaseContext> {
  readonly schema: GraphQLSchema;
  readonly executor: Executor;
  readonly introspection: boolean;
  readonly queryLimits: QueryLimits;
  /** What the program's own context is needed for. */
  readonly plugins: readonly OperationPlugin<TContext>[];
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly note: NoteOperation;
  readonly log: Log;
}

/** What answers operations. */
export interface Operations<TContext extends BaseContext> {
  start(): Promise<void>;
  /** `accept`: the header of the request. */
  answer(http: HTTPGraphQLRequest, accept: string, context: TContext): MaybePromise<HTTPGraphQLResponse>;
  stop(): Promise<void>;
}

/** An Apollo Server that is set up for this house, not started yet, and what answers in its place what it knows. */
export function createOperations<TContext extends BaseContext>(
  parts: ApolloParts<TContext>,
): Operations<TContext> {
  // hooks of both ways: whatever is asked of each operation before it runs belongs here
  const plugins: OperationPlugin<TContext>[] = [
    noteOperations(parts.note),
    queryCostPlugin(parts.queryLimits),
    inputTextPlugin,
    ...parts.plugins,
  ];
  const known = new KnownOperations<TContext>({ ...parts, plugins });
  const apollo = createApollo<TContext>(parts, [known.plugin, ...plugins.map(forApollo)]);
  const byApollo = async (http: HTTPGraphQLRequest, accept: string, context: TContext) => {
    const made = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: http,
      context: async () => context,
    });
    known.learn(accept, made);
    return made;
  };
  return {
    start: () => apollo.start(),
    answer: (http, accept, context) => known.answer(http, accept, context) ?? byApollo(http, accept, context),
    stop: () => apollo.stop(),
  };
}

function createApollo<TContext extends BaseContext>(
  parts: ApolloParts<TContext>,
  plugins: readonly ApolloServerPlugin<TContext>[],
): ApolloServer<TContext> {
  return new ApolloServer<TContext>({
    gateway: gatewayOf(parts.schema, parts.executor),
    introspection: parts.introspection,
    // Whoever may read the schema may as well be told of a slip in a name; whoever may not must not guess it by slips.
    hideSchemaDetailsFromClientErrors: !parts.introspection,
    includeStacktraceInErrorResponses: false,
    formatError: parts.formatError,
    parseOptions: { maxTokens: QUERY_TOKENS_MAX },
    persistedQueries: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    logger: parts.log,
    stringifyResult: (result) => JSON.stringify(result),
    plugins: [
      ...plugins,
      // Its hook on every field costs more than graphql-js itself.
      ApolloServerPluginCacheControlDisabled(),
      // These report to another host as soon as some environment variable is set.
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
}

/** Our executor in the place that Apollo has for another one than graphql-js; it never changes. */
function gatewayOf(
  schema: GraphQLSchema,
  executor: Executor,
): ApolloServerOptionsWithGateway<BaseContext>['gateway'] {
  return {
    load: async () => ({
      executor: async ({ document, request: { operationName, variables }, context }) =>
        executor.execute({ document, operationName, variables, context }),
    }),
    onSchemaLoadOrUpdate: (listen) => {
      listen({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => {};
    },
    stop: async () => {},
  };
}

/** Tells the log, and whoever chooses the status, how an operation ended. */
function noteOperations(note: NoteOperation): OperationPlugin {
  const listener: OperationListener = {
    willSendResponse: ({ request, schema, document, operation, operationName, response: { body } }) => {
      if (!request.http || body.kind !== 'single') return;
      const { data, errors } = body.singleResult;
      note(request.http, {
        name: operationName ?? null,
        // what has a rate of its own says how much is left of it, which is never the same again
        isRepeatable:
          operation?.operation === 'query' &&
          data !== undefined &&
          document !== undefined &&
          limitedFieldsOf(schema, document, operation).length === 0,
        hasData: data !== undefined,
        ...(errors && errors.length > 0 ? failureOf(errors) : NO_FAILURE),
      });
    },
  };
  return { requestDidStart: () => listener };
}

type Failure = Pick<OperationNote, 'codes' | 'incidents' | 'retryAfter'>;

const NO_FAILURE: Failure = { codes: [], incidents: [], retryAfter: 0 };

function failureOf(errors: readonly GraphQLFormattedError[]): Failure {
  const extensions = errors.map((error) => error.extensions ?? {});
  return {
    codes: [...new Set(extensions.map((one) => one['code'] as ErrorCode))],
    incidents: [...new Set(extensions.flatMap((one) => (one['incident'] as string | undefined) ?? []))],
    retryAfter: Math.max(0, ...extensions.map((one) => Number(one['retryAfter'] ?? 0))),
  };
}
