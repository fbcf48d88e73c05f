import type { ErrorCode } from '../access/errors.ts';
import type { OperationNote } from '../server/http/request-log.ts';

/** The HTTP status of an answer without data, by the code of its error. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  LOCKED: 403,
  RATE_LIMITED: 429,
  QUERY_TOO_COMPLEX: 400,
  IDEMPOTENCY_KEY_REUSED: 409,
  BAD_REQUEST: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  TIMEOUT: 503,
  UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
};

/** Well-formed requests that cannot run. */
const CANNOT_RUN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'QUERY_TOO_COMPLEX',
]);

/** The HTTP status of an answer that is nothing but an error with this code. */
export function statusOf(code: ErrorCode): number {
  return STATUS[code];
}

/**
 * The HTTP status of a GraphQL answer, by GraphQL over HTTP (graphql.github.io/graphql-over-http, "Status Codes"):
 * an operation that ran answers 200 whatever its fields met. One that could not run answers 200 as `application/json`,
 * where older clients take any other status for a broken transport, and 400 as `application/graphql-response+json`.
 * `given` is what Apollo chose, which stands where it knows more: 405 and 406 for instance.
 */
export function answerStatus(
  given: number | undefined,
  mediaType: string,
  note: OperationNote | null,
): number {
  const [code] = note?.codes ?? [];
  if (note === null || note.hasData || code === undefined) return given ?? 200;
  if (given !== undefined && given !== 400 && given !== 500) return given;
  if (note.codes.every((one) => CANNOT_RUN.has(one)) && mediaType.startsWith('application/json')) return 200;
  return STATUS[code];
}
