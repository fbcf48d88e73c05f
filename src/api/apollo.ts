import {
  ApolloServer,
  type ApolloServerPlugin,
  HeaderMap,
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
import { type DocumentNode, type GraphQLSchema, getOperationAST } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Log } from '../log.ts';
import type { FormatError } from './format-error.ts';
import { QUERY_TOKENS_MAX } from './limits/query-limits.ts';
import type { Operation } from './operation.ts';
import type { OperationRequest } from './operation-request.ts';

/** Documents that are cached, and the longest of them: what front ends send, not what somebody makes up each time. */
const DOCUMENTS_MAX = 1000;
const DOCUMENT_CHARS_MAX = 20_000;
/** Values of `accept` whose media type is cached. */
const ACCEPTS_MAX = 100;

export interface ApolloParts {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly formatError: FormatError;
  readonly plugins: readonly ApolloServerPlugin<ApolloContext>[];
  readonly log: Log;
}

/** What Apollo finds in a request. */
export interface ApolloContext {
  /** Written into by the plugin that takes the operation over; Apollo copies the context, not what it refers to. */
  readonly found: { operation: Operation | null };
}

/** An operation that may run, and the media type of its answer; or the answer that Apollo gives in its place. */
export type Parsed =
  | { readonly operation: Operation; readonly contentType: string }
  | { readonly operation: null; readonly response: HTTPGraphQLResponse };

/**
 * Parses and validates operations by Apollo Server, which also reads the HTTP request: GET and POST, the media type of
 * the answer, forged requests, persisted queries. It hands over each operation that may run and executes none. What it
 * has found of a document and of an `accept` header is cached: most requests need it no more.
 */
export class ApolloParser {
  readonly #apollo: ApolloServer<ApolloContext>;
  readonly #documents = new LRUCache<string, DocumentNode>({ max: DOCUMENTS_MAX });
  readonly #contentTypes = new LRUCache<string, string>({ max: ACCEPTS_MAX });

  constructor(parts: ApolloParts) {
    this.#apollo = createApollo(parts);
  }

  start(): Promise<void> {
    return this.#apollo.start();
  }

  stop(): Promise<void> {
    return this.#apollo.stop();
  }

  parse(request: OperationRequest): Parsed | Promise<Parsed> {
    return this.#cached(request) ?? this.#byApollo(request);
  }

  /** A POST of a document that was found valid, for an `accept` that is known; null for everything else. */
  #cached({ method, body, headers: { accept = '' } }: OperationRequest): Parsed | null {
    if (method !== 'POST' || !isPlain(body)) return null;
    const { query: source, operationName, variables } = body;
    const document = this.#documents.get(source);
    const contentType = this.#contentTypes.get(accept);
    const definition = document && getOperationAST(document, operationName);
    if (!definition || contentType === undefined) return null;
    return { operation: { source, document, definition, variables: variables ?? {} }, contentType };
  }

  async #byApollo(request: OperationRequest): Promise<Parsed> {
    const found: ApolloContext['found'] = { operation: null };
    const response = await this.#apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: forApollo(request),
      context: async () => ({ found }),
    });
    const contentType = response.headers.get('content-type');
    const { operation } = found;
    // with an operation and a status all the same: no media type that the client accepts is made here
    if (operation === null || contentType === undefined || response.status !== undefined) {
      return { operation: null, response };
    }
    if (operation.source.length <= DOCUMENT_CHARS_MAX)
      this.#documents.set(operation.source, operation.document);
    this.#contentTypes.set(request.headers.accept ?? '', contentType);
    return { operation, contentType };
  }
}

function createApollo({ schema, introspection, formatError, plugins, log }: ApolloParts) {
  return new ApolloServer<ApolloContext>({
    schema,
    introspection,
    // Whoever may read the schema may as well be told of a slip in a name; whoever may not must not guess it by slips.
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    formatError,
    parseOptions: { maxTokens: QUERY_TOKENS_MAX },
    persistedQueries: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    logger: log,
    stringifyResult: (result) => JSON.stringify(result),
    plugins: [
      ...plugins,
      takeOver,
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

/** Answers in Apollo's place what it would execute now. */
const takeOver: ApolloServerPlugin<ApolloContext> = {
  requestDidStart: async () => ({
    responseForOperation: async ({ source, document, operation, request, contextValue }) => {
      // of one that is not in the document, graphql-js says so
      if (!operation) return null;
      const variables = request.variables ?? {};
      contextValue.found.operation = { source, document, definition: operation, variables };
      return {
        http: { headers: new HeaderMap() },
        body: { kind: 'single', singleResult: { data: null } },
      };
    },
  }),
};

function forApollo({ method, url, headers, body }: OperationRequest): HTTPGraphQLRequest {
  const copied = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) copied.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const mark = url.indexOf('?');
  return { method, search: mark < 0 ? '' : url.slice(mark), headers: copied, body };
}

interface Plain {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** Whether Apollo has nothing to say of a body but of its document. */
function isPlain(body: unknown): body is Plain {
  if (!isRecord(body)) return false;
  const { query, operationName, variables, extensions } = body;
  return (
    typeof query === 'string' &&
    (operationName == null || typeof operationName === 'string') &&
    (variables == null || isRecord(variables)) &&
    (extensions == null || (isRecord(extensions) && extensions['persistedQuery'] == null))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
