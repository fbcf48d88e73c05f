import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, type ErrorCode, Refusal, shortened } from '../access/errors.ts';
import { errorAnswer, type HttpAnswer } from './http-answer.ts';
import { statusOf } from './http-status.ts';
import type { IncidentOf } from './incidents.ts';
import { withoutLiterals } from './input-errors.ts';
import type { IncomingRequest } from './operation-request.ts';

export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** How graphql-js suggests names, at the end of a message. */
const SUGGESTION = / ?Did you mean [^?]+\?$/;

/** Apollo's codes that are not in our contract, and the codes that replace them. */
const RENAMED: Readonly<Record<string, ErrorCode>> = {
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_REQUEST',
};

/** Apollo's messages that do not tell what to do instead. */
const MESSAGES = new Map(
  ['mutation', 'subscription'].map((type) => [
    `GET requests only support query operations, not ${type} operations`,
    `Send a ${type} by POST: GET accepts queries only.`,
  ]),
);

/**
 * Translates an error for clients: one with which Apollo refuses a request, or one of an executed operation. Refusals
 * and errors of the query language keep their message. Everything else becomes an incident. `suggests`: whether messages
 * may name parts of the schema that a client did not.
 */
export function createFormatError(incidentOf: IncidentOf, suggests: boolean): FormatError {
  return (formatted, error) => {
    const { locations, path } = formatted;
    const place = { ...(locations && { locations }), ...(path && { path }) };
    const thrown = causeOf(error);
    const refusal = thrown instanceof Refusal ? thrown : incidentOf.unavailable(thrown);
    if (refusal) return { message: refusal.message, ...place, extensions: refusalExtensions(refusal) };
    const code = codeOf(formatted, error);
    if (code !== 'INTERNAL_SERVER_ERROR') {
      const ours = MESSAGES.get(formatted.message) ?? formatted.message;
      const unsafe = suggests ? ours : ours.replace(SUGGESTION, '');
      const message = withoutLiterals(unsafe, error);
      const [, argument] = /^Argument "(\w+)"/.exec(code === 'BAD_USER_INPUT' ? message : '') ?? [];
      const field = formatted.extensions?.['field'] ?? argument;
      return {
        message: shortened(message),
        ...place,
        extensions: { code, ...(typeof field === 'string' && { field }) },
      };
    }
    const incident = incidentOf(thrown, path ? { field: path.join('.') } : {});
    return { message: incident.message, ...place, extensions: { code, incident: incident.id } };
  };
}

/**
 * The answer to a request that fails outside GraphQL: a refusal with the status of its code, anything else as an
 * incident.
 */
export function answerToError(incidentOf: IncidentOf, error: unknown, request: ErrorRequest): HttpAnswer {
  const refusal = error instanceof Refusal ? error : incidentOf.unavailable(error);
  if (!refusal) {
    const { id, message } = incidentOf(error, { reqId: request.id });
    return errorAnswer(request, 500, 'INTERNAL_SERVER_ERROR', message, { incident: id });
  }
  const { code, message, retryAfter } = refusal;
  const answer = errorAnswer(request, statusOf(code), code, message, refusalExtensions(refusal));
  if (retryAfter === undefined) return answer;
  return { ...answer, headers: [...answer.headers, 'retry-after', String(retryAfter)] };
}

type ErrorRequest = Pick<IncomingRequest, 'id' | 'headers'>;

function refusalExtensions(refusal: Refusal): Record<string, unknown> {
  const { code, field, retryAfter, mayHaveBeenDone, currentRevision, problems } = refusal;
  return {
    code,
    ...(field !== undefined && { field }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(mayHaveBeenDone && { mayHaveBeenDone }),
    ...(currentRevision !== undefined && { currentRevision }),
    ...(problems && { problems }),
  };
}

function codeOf(formatted: GraphQLFormattedError, error: unknown): ErrorCode {
  const code = formatted.extensions?.['code'];
  if (typeof code !== 'string') return 'INTERNAL_SERVER_ERROR';
  const known = RENAMED[code] ?? ERROR_CODES.find((one) => one === code) ?? 'INTERNAL_SERVER_ERROR';
  if (known === 'INTERNAL_SERVER_ERROR' && isArgumentError(error)) return 'BAD_USER_INPUT';
  return known;
}

/**
 * Whether graphql-js refused an argument during execution, such as a null for a non-null argument with a default. Such
 * an error has nodes of the query already; an error of a resolver or serialiser has none.
 */
function isArgumentError(error: unknown): boolean {
  const thrown = originalOf(error);
  return thrown?.name === 'GraphQLError' && 'nodes' in thrown && thrown.nodes !== undefined;
}

/** The error that was thrown originally, inside the errors that GraphQL wraps around it. */
function causeOf(error: unknown): unknown {
  const thrown = originalOf(error);
  return thrown === undefined ? error : causeOf(thrown);
}

function originalOf(error: unknown): Error | undefined {
  // Not by `instanceof`: two copies of graphql in one process have two classes.
  const isWrapping = error instanceof Error && 'originalError' in error;
  return isWrapping && error.originalError instanceof Error ? error.originalError : undefined;
}

/** An error as clients get it, with this code if it has none. */
export function withCode(error: GraphQLError, code: ErrorCode): GraphQLFormattedError {
  return { ...error.toJSON(), extensions: { code, ...error.extensions } };
}
