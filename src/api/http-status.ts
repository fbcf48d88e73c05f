import type { ErrorCode } from '../access/errors.ts';

/** The HTTP status for each code, for answers without data. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  INVALID_CREDENTIALS: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  LOCKED: 403,
  RATE_LIMITED: 429,
  QUERY_TOO_COMPLEX: 400,
  FIELD_NOT_ALONE: 400,
  IDEMPOTENCY_KEY_REUSED: 409,
  BAD_REQUEST: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  // the client's next request has the document: all clients expect this status
  PERSISTED_QUERY_NOT_FOUND: 200,
  DOCUMENT_NOT_TRUSTED: 403,
  BATCHING_NOT_SUPPORTED: 400,
  TIMEOUT: 503,
  UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
};

/** The codes of well-formed requests that cannot be executed. */
const CANNOT_RUN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'INVALID_CREDENTIALS',
  'QUERY_TOO_COMPLEX',
  'FIELD_NOT_ALONE',
]);

/** The HTTP status of an answer that consists of an error with this code. */
export function statusOf(code: ErrorCode): number {
  return STATUS[code];
}

/**
 * The HTTP status of a GraphQL answer without data, by GraphQL over HTTP (graphql.github.io/graphql-over-http, "Status
 * Codes"). An operation that cannot be executed gets 400 as `application/graphql-response+json` and 200 as
 * `application/json`, whose older clients expect that. `apolloStatus` takes precedence if it is more specific, such as
 * 405 or 406.
 */
export function statusWithoutData(
  codes: readonly ErrorCode[],
  contentType: string,
  apolloStatus: number | undefined,
): number {
  const [code] = codes;
  if (code === undefined) return apolloStatus ?? 200;
  if (apolloStatus !== undefined && apolloStatus !== 400 && apolloStatus !== 500) return apolloStatus;
  if (codes.every((one) => CANNOT_RUN.has(one)) && contentType.startsWith('application/json')) return 200;
  return STATUS[code];
}
