import type { ErrorCode } from '../generated/graphql/graphql.ts';

/** One value that the API has refused, for a message beside its field. */
export interface Problem {
  /** The path of the input, such as `input.title`. Null if no single field is at fault. */
  readonly field: string | null;
  readonly message: string;
  /** Whether it is the front end's own sentence, in the reader's language. Others are the API's. */
  readonly isOwn?: boolean;
}

interface SentError {
  readonly message: string;
  /** Whether the front end says it itself, in the reader's language. */
  readonly isOwn?: boolean;
  readonly extensions?: {
    readonly code?: ErrorCode;
    readonly field?: string;
    readonly retryAfter?: number;
    readonly problems?: readonly { readonly field: string | null; readonly message: string }[];
  };
}

/** A refusal of the API. `code` decides what to do; the message is a sentence for people. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  /** Seconds to wait before a retry. Null if waiting does not help. */
  readonly retryAfter: number | null;
  readonly problems: readonly Problem[];
  /** Whether the message is the front end's own, in the reader's language. */
  readonly isOwn: boolean;

  constructor({ message, extensions = {}, isOwn = false }: SentError, options?: ErrorOptions) {
    super(message, options);
    this.code = extensions.code ?? 'INTERNAL_SERVER_ERROR';
    this.isOwn = isOwn;
    this.retryAfter = extensions.retryAfter ?? null;
    this.problems = extensions.problems ?? [{ field: extensions.field ?? null, message, isOwn }];
  }

  /** Whether the API does not answer now, and perhaps does in a moment. */
  get isPassing(): boolean {
    return this.code === 'UNAVAILABLE' || this.code === 'TIMEOUT';
  }
}

/**
 * The API does not answer, or not as an API does. Readers get the same message in any case: the cause, which can name the
 * API's internal address, is for the log.
 */
export function unreachable(cause: string): ApiError {
  const message = 'The forum cannot be reached now. Try again in a moment.';
  return new ApiError({ message, extensions: { code: 'UNAVAILABLE', retryAfter: 5 } }, { cause });
}

/** A page that guests may not see: the reader is asked to sign in. */
export function signInNeeded(): ApiError {
  return new ApiError({ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } });
}

/** Throws the refusal that a permission of `viewerCan` has, if it has one. */
export function requirePermission(permission: {
  readonly isAllowed: boolean;
  readonly code?: ErrorCode | null;
  readonly message?: string | null;
}): void {
  const { isAllowed, code, message } = permission;
  if (!isAllowed) throw new ApiError({ message: message ?? '', extensions: { code: code ?? 'FORBIDDEN' } });
}

/** What is not there, or not visible to the viewer. */
export function notFound(): ApiError {
  return new ApiError({ message: 'There is nothing here.', extensions: { code: 'NOT_FOUND' } });
}
