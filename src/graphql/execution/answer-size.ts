import type { ExecutionResult, GraphQLError } from 'graphql';

/** What bounds an answer. */
export interface AnswerLimits {
  /** The maximum of its approximate size as JSON in UTF-8. */
  readonly bytesMax: number;
  /** The maximum number of its errors. The others are counted in `omittedErrors`. */
  readonly errorsMax: number;
}

export const UNLIMITED: AnswerLimits = { bytesMax: Infinity, errorsMax: Infinity };

/** Ends an execution as soon as its answer, or what is read for it, exceeds a size. Resolvers may throw it too. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';

  constructor(bytesMax: number, what = 'The answer is') {
    super(`${what} larger than ${bytesMax} bytes.`);
  }
}

/** Adds up the approximate size of an answer. */
export class AnswerSize {
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Throws AnswerTooLarge. */
  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#bytesMax) throw new AnswerTooLarge(this.#bytesMax);
  }

  /**
   * Compares a long text with the limit at once, and leaves what is short to the next `add`. A value of a scalar such as
   * JSON may be an object.
   */
  addLeaf(value: unknown): void {
    if (typeof value === 'object' && value !== null) this.addValue(value);
    else if (typeof value !== 'string') this.#bytes += NUMBER_BYTES;
    else if (value.length < LONG_CHARS) this.#bytes += value.length + 2;
    else this.add(Buffer.byteLength(value));
  }

  addError({ message, path }: GraphQLError): void {
    let bytes = ERROR_BYTES + Math.min(message.length, ERROR_MESSAGE_BYTES_MAX);
    for (const key of path ?? []) bytes += typeof key === 'string' ? key.length : NUMBER_BYTES;
    this.add(bytes);
  }

  /** Adds a whole value, such as the result of an execution by graphql-js. */
  addValue(value: unknown): void {
    if (typeof value !== 'object' || value === null) this.addLeaf(value);
    else if (Array.isArray(value)) for (const member of value) this.addValue(member);
    else
      for (const [name, member] of Object.entries(value)) {
        this.add(name.length);
        this.addValue(member);
      }
  }
}

const NUMBER_BYTES = 8;
/** Locations, code and punctuation. */
const ERROR_BYTES = 150;
/** Messages are shortened for clients. */
const ERROR_MESSAGE_BYTES_MAX = 500;

/** Shorter texts are counted by their characters: measuring each of them takes longer than writing it. */
const LONG_CHARS = 10_000;

/** The result of an execution within limits. */
export interface LimitedResult extends ExecutionResult {
  /** The number of errors that are not in `errors`. */
  readonly omittedErrors?: number;
}

/** A complete result within limits. Throws AnswerTooLarge. */
export function limitResult(result: ExecutionResult, { bytesMax, errorsMax }: AnswerLimits): LimitedResult {
  for (const { originalError } of result.errors ?? [])
    if (originalError instanceof AnswerTooLarge) throw originalError;
  const size = new AnswerSize(bytesMax);
  size.addValue(result.data);
  size.add(0);
  const errors = result.errors?.slice(0, errorsMax);
  for (const error of errors ?? []) size.addError(error);
  const omittedErrors = (result.errors?.length ?? 0) - (errors?.length ?? 0);
  return omittedErrors > 0 && errors ? { ...result, errors, omittedErrors } : result;
}
