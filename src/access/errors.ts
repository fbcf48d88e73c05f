/**
 * The values of `extensions.code`, the same as the SDL's enum `ErrorCode` (a test compares them). A client branches on
 * these, so a value is never renamed and never used for a second meaning.
 */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'LOCKED',
  'RATE_LIMITED',
  'QUERY_TOO_COMPLEX',
  'IDEMPOTENCY_KEY_REUSED',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'TIMEOUT',
  'UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What rooms may refuse with. The others belong to the frame: the transport, the query language, and faults. */
export type RefusalCode = Exclude<
  ErrorCode,
  'BAD_REQUEST' | 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' | 'INTERNAL_SERVER_ERROR'
>;

/** What a refusal may say beside its message. */
export interface RefusalDetails {
  /** The path of the argument or input member that is at fault, such as `filter.createdAfter`. */
  readonly field?: string | undefined;
  /** In how many seconds the same request can succeed. */
  readonly retryAfter?: number | undefined;
}

/**
 * An expected failure: thrown by rules, reads and writes, never returned. The message is a sentence for the person who
 * asked and is shown as it is, so it must hold nothing that this person may not know. Everything else that is thrown
 * is a fault, and api/format-error.ts shows nothing of it.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly field: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: RefusalCode, message: string, details: RefusalDetails = {}) {
    super(message);
    this.code = code;
    this.field = details.field;
    this.retryAfter = details.retryAfter;
  }
}

/** There is no such object, or the viewer may not know of it: both read the same. */
export function notFound(message: string, field?: string): Refusal {
  return new Refusal('NOT_FOUND', message, { field });
}

/** The argument or input member `field` has a value that it cannot have. */
export function badInput(message: string, field?: string): Refusal {
  return new Refusal('BAD_USER_INPUT', message, { field });
}

/** The operation needs somebody who is signed in. */
export function unauthenticated(message: string): Refusal {
  return new Refusal('UNAUTHENTICATED', message);
}

/** The viewer may see the object, but may not do this with it. */
export function forbidden(message: string, field?: string): Refusal {
  return new Refusal('FORBIDDEN', message, { field });
}

/** The object has changed in the meantime, or a name is taken. */
export function conflict(message: string, field?: string): Refusal {
  return new Refusal('CONFLICT', message, { field });
}

/** The discussion is locked: nothing can be added to it. */
export function locked(message: string, field?: string): Refusal {
  return new Refusal('LOCKED', message, { field });
}

/** Too many requests; the same one can succeed in `retryAfter` seconds. */
export function rateLimited(message: string, retryAfter: number): Refusal {
  return new Refusal('RATE_LIMITED', message, { retryAfter });
}
