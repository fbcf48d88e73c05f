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
import { type GraphQLSchema, getOperationAST } from 'graphql';
import type { Refusal } from '../access/errors.ts';
import type { Log } from '../log.ts';

import type { DocumentCache } from './document-cache.ts';
import { isRecord } from './document-naming.ts';
import type { FormatError } from './format-error.ts';
import { overloadedDirectives } from './limits/directives.ts';
import { QUERY_TOKENS_MAX } from './limits/query-limits.ts';
import { explainLiterals } from './literal-errors.ts';
import { mediaTypeFor } from './media-type.ts';
import type { Operation } from './operation.ts';
import type { OperationRequest } from './operation-request.ts';
import { operationTypesRule } from './operation-types-rule.ts';

interface ApolloParts {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly documents: DocumentCache;
  readonly formatError: FormatError;
  readonly plugins: readonly ApolloServerPlugin<ApolloContext>[];
  readonly log: Log;
}

/** The context that Apollo passes to its plugins. */
export interface ApolloContext {
  /** Set by the plugin below. Apollo copies the context, but not the object that it refers to. */
  readonly found: { operation: Operation | null; refusal: Refusal | null };
}

/** A valid operation and the media type of its answer, or the response with which Apollo refuses the request. */
export type Parsed =
  | { readonly operation: Operation; readonly contentType: string }
  | { readonly operation: null; readonly response: HTTPGraphQLResponse };

/**
 * Parses and validates operations with Apollo Server, which also handles HTTP: GET and POST, the media type of the
 * answer. It hands over each valid operation and executes none. Valid documents are cached, so most requests bypass
 * Apollo.
 */
export class ApolloParser {
  readonly #apollo: ApolloServer<ApolloContext>;
  readonly #documents: DocumentCache;

  constructor(parts: ApolloParts) {
    this.#apollo = createApollo(parts);
    this.#documents = parts.documents;
  }

  start(): Promise<void> {
    return this.#apollo.start();
  }

  stop(): Promise<void> {
    return this.#apollo.stop();
  }

  /** Handles a POST of a known document. Null for any other request, and if the client accepts no media type of ours. */
  find({ method, body, headers: { accept } }: OperationRequest): Parsed | null {
    if (method !== 'POST' || !isPlain(body)) return null;
    const { query: source, operationName, variables } = body;
    const document = this.#documents.find(source);
    const contentType = mediaTypeFor(accept);
    const definition = document && getOperationAST(document, operationName);
    if (!definition || contentType === null) return null;
    return { operation: { source, document, definition, variables: variables ?? {} }, contentType };
  }

  /** Rejects with a Refusal if the document exceeds a limit. */
  async parse(request: OperationRequest): Promise<Parsed> {
    const found: ApolloContext['found'] = { operation: null, refusal: null };
    const response = await this.#apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: forApollo(request),
      context: async () => ({ found }),
    });
    const contentType = response.headers.get('content-type');
    const { operation, refusal } = found;
    if (refusal !== null) throw refusal;
    // a status despite an operation: the client accepts no media type that we can send
    if (operation === null || contentType === undefined || response.status !== undefined) {
      return { operation: null, response };
    }
    this.#documents.accept(operation.document);
    return { operation, contentType };
  }
}

function createApollo({ schema, introspection, documents, formatError, plugins, log }: ApolloParts) {
  return new ApolloServer<ApolloContext>({
    schema,
    introspection,
    // Suggestions for misspelt names reveal the schema, so they require introspection.
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    formatError,
    parseOptions: { maxTokens: QUERY_TOKENS_MAX },
    documentStore: documents,
    validationRules: [operationTypesRule],
    // persisted-documents.ts has put their texts in place
    persistedQueries: false,
    // No answer depends on anything that a browser sends by itself, such as a cookie, and GET changes nothing. Pages of
    // other origins read what CORS_ORIGINS allows.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    logger: log,
    stringifyResult: (result) => JSON.stringify(result),
    plugins: [
      ...plugins,
      takeOver,
      // It installs a hook on every field, which costs more than graphql-js itself.
      ApolloServerPluginCacheControlDisabled(),
      // These send reports to another host if certain environment variables are set.
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
}

/** Takes over each operation that Apollo is about to execute. */
const takeOver: ApolloServerPlugin<ApolloContext> = {
  requestDidStart: async () => ({
    // what is thrown here would be a fault, so it is left to `parse`
    validationDidStart: async ({ document, contextValue }) => {
      contextValue.found.refusal = overloadedDirectives(document);
    },
    didEncounterErrors: async ({ schema, document, errors }) => {
      if (document) explainLiterals(schema, document, errors);
    },
    responseForOperation: async ({ source, document, operation, request, contextValue }) => {
      // graphql-js reports an operation that is not in the document
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

function forApollo({ method, search, headers, body }: OperationRequest): HTTPGraphQLRequest {
  const copied = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) copied.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return { method, search, headers: copied, body };
}

interface Plain {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** Whether a body needs no check of Apollo's except of its document. */
function isPlain(body: unknown): body is Plain {
  if (!isRecord(body)) return false;
  const { query, operationName, variables, extensions } = body;
  return (
    typeof query === 'string' &&
    (operationName == null || typeof operationName === 'string') &&
    (variables == null || isRecord(variables)) &&
    (extensions == null || isRecord(extensions))
  );
}
