/**
 * The values of `extensions.code`, equal to the SDL's enum `ErrorCode` (a test compares them). Clients branch on them, so
 * a value is never renamed and never gets a second meaning.
 */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'INVALID_CREDENTIALS',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'LOCKED',
  'RATE_LIMITED',
  'QUERY_TOO_COMPLEX',
  'FIELD_NOT_ALONE',
  'IDEMPOTENCY_KEY_REUSED',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'DOCUMENT_NOT_TRUSTED',
  'BATCHING_NOT_SUPPORTED',
  'TIMEOUT',
  'UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** The codes that modules may use. The others belong to the transport, the query language, and faults. */
export type RefusalCode = Exclude<
  ErrorCode,
  'BAD_REQUEST' | 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' | 'INTERNAL_SERVER_ERROR'
>;

/** What a refusal may say beside its message. */
interface RefusalDetails {
  /** The path of the argument or input member that is at fault, such as `filter.createdAfter`. */
  readonly field?: string | undefined;
  /** The number of seconds after which the same request can succeed. */
  readonly retryAfter?: number | undefined;
  /** The write may be stored in spite of the error: repeat it under the same idempotency key to find out. */
  readonly mayHaveBeenDone?: boolean | undefined;
  /** The revision that an edit should have been based on. */
  readonly currentRevision?: number | undefined;
  /** Everything that is wrong with the input, if it is more than this refusal says. */
  readonly problems?: readonly Problem[] | undefined;
}

/**
 * An expected failure. Rules, reads and writes throw it and never return it. Its message is a sentence for the viewer,
 * who sees it unchanged, so it must not reveal anything hidden from them. Any other error is a fault, which
 * api/format-error.ts hides.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly field: string | undefined;
  readonly retryAfter: number | undefined;
  readonly mayHaveBeenDone: boolean;
  readonly currentRevision: number | undefined;
  readonly problems: readonly Problem[] | undefined;

  constructor(code: RefusalCode, message: string, details: RefusalDetails = {}) {
    // a refusal is an answer, and not a fault to be traced: the trace was two thirds of the work for unknown ids
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(shortened(message));
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.field = details.field?.slice(0, FIELD_CHARS_MAX);
    this.retryAfter = details.retryAfter;
    this.mayHaveBeenDone = details.mayHaveBeenDone ?? false;
    this.currentRevision = details.currentRevision;
    this.problems = details.problems;
  }
}

/** How much of a client's input a message repeats. */
const INPUT_CHARS_MAX = 100;
const MESSAGE_CHARS_MAX = 500;
/** A field's path may contain names that a client made up, such as those of its variables. */
const FIELD_CHARS_MAX = 200;

/** The beginning of a client's input, for a message that repeats it. */
export function excerpt(input: string): string {
  return input.length > INPUT_CHARS_MAX ? `${input.slice(0, INPUT_CHARS_MAX)}…` : input;
}

/** A message whose quoted parts are excerpts: an answer must not grow with the input that it refuses. */
export function shortened(message: string): string {
  if (message.length <= INPUT_CHARS_MAX) return message;
  const quoted = message.slice(0, MESSAGE_CHARS_SCANNED).replace(LONG_QUOTE, '"$1…"');
  return quoted.length > MESSAGE_CHARS_MAX ? `${quoted.slice(0, MESSAGE_CHARS_MAX)}…` : quoted;
}

const MESSAGE_CHARS_SCANNED = 1_000_000;
const LONG_QUOTE = new RegExp(`"([^"]{${INPUT_CHARS_MAX}})[^"]+"`, 'g');

/** The object does not exist or is hidden from the viewer. Both cases have the same message. */
export function notFound(message: string, field?: string): Refusal {
  return new Refusal('NOT_FOUND', message, { field });
}

/** The argument or input member `field` has an invalid value. */
export function badInput(message: string, field?: string): Refusal {
  return new Refusal('BAD_USER_INPUT', message, { field });
}

/** The operation requires a signed-in viewer. */
export function unauthenticated(message: string): Refusal {
  return new Refusal('UNAUTHENTICATED', message);
}

/** The object has changed in the meantime, or a name is already taken. */
export function conflict(message: string, field?: string): Refusal {
  return new Refusal('CONFLICT', message, { field });
}

/** The text has been edited since the revision that an edit is based on. */
export function outdated(message: string, currentRevision: number): Refusal {
  return new Refusal('CONFLICT', message, { field: 'input.revision', currentRevision });
}

/** Too many requests. The same one can succeed in `retryAfter` seconds. */
export function rateLimited(message: string, retryAfter: number): Refusal {
  return new Refusal('RATE_LIMITED', message, { retryAfter });
}

/** The server is too busy. The same request can succeed in `retryAfter` seconds. */
export function overloaded(message: string, retryAfter: number): Refusal {
  return new Refusal('UNAVAILABLE', message, { retryAfter });
}

/** The request met its deadline. `mayHaveBeenDone`: a write of it was committed, or is being committed. */
export function timedOut(mayHaveBeenDone: boolean): Refusal {
  const message = 'The operation took longer than the server allows.';
  if (!mayHaveBeenDone) return new Refusal('TIMEOUT', message);
  return new Refusal('TIMEOUT', `${message} ${MAY_HAVE_BEEN_DONE}`, { mayHaveBeenDone });
}

/** A dependency of the server cannot serve at the moment. `mayHaveBeenDone`: COMMIT was sent and not answered. */
export function unavailable(mayHaveBeenDone: boolean): Refusal {
  const message = 'The forum is temporarily unavailable.';
  const retryAfter = UNAVAILABLE_RETRY_SECONDS;
  if (!mayHaveBeenDone) return new Refusal('UNAVAILABLE', message, { retryAfter });
  return new Refusal('UNAVAILABLE', `${message} ${MAY_HAVE_BEEN_DONE}`, { retryAfter, mayHaveBeenDone });
}

const MAY_HAVE_BEEN_DONE =
  'What it writes may have been stored: repeat it with the same idempotencyKey, which never writes twice.';
/** A new connection is opened within a second once the database is back. */
const UNAVAILABLE_RETRY_SECONDS = 2;

/** A refusal in a list: in the result of a dry run, or of everything that is wrong with an input. It is no Error, because GraphQL turns every Error in a result into a failure. */
export interface Problem {
  readonly code: RefusalCode;
  /** Null if it concerns no single member of the input. */
  readonly field: string | null;
  readonly message: string;
}

export function problemOf({ code, field, message }: Refusal): Problem {
  return { code, field: field ?? null, message };
}

/** Runs every check and returns their refusals in order. Other errors are thrown. */
export async function problemsOf(checks: readonly (() => unknown)[]): Promise<Problem[]> {
  const found = await Promise.all(checks.map(problemIn));
  return found.filter((problem) => problem !== null);
}

async function problemIn(check: () => unknown): Promise<Problem | null> {
  try {
    await check();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return problemOf(error);
    throw error;
  }
}

const COLLECTED: readonly RefusalCode[] = ['BAD_USER_INPUT', 'CONFLICT'];

/** Checks several members of an input, and reports all that are invalid together. */
export class InputCheck {
  readonly #problems: Problem[] = [];

  get hasProblems(): boolean {
    return this.#problems.length > 0;
  }

  /** What a check returns. Null if it throws BAD_USER_INPUT or CONFLICT, which are collected; other errors are thrown. */
  async attempt<T>(check: () => T | Promise<T>): Promise<T | null> {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof Refusal) || !COLLECTED.includes(error.code)) throw error;
      this.#problems.push(problemOf(error));
      return null;
    }
  }

  /** Throws the first problem, with a list of all. Does nothing if there is none. */
  refuseInvalid(): void {
    const [first] = this.#problems;
    if (!first) return;
    const { code, message, field } = first;
    throw new Refusal(code, message, { field: field ?? undefined, problems: this.#problems });
  }
}
