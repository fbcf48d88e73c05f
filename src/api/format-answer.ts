// How the result of an operation becomes an HTTP answer.
import type { HTTPGraphQLResponse } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../access/errors.ts';
import type { CachedAnswer } from '../cache/response-cache.ts';
import { encodeBody } from './answer-body.ts';
import { cacheHeaders, compressed, type HttpAnswer, withEtag } from './http-answer.ts';
import { statusWithoutData } from './http-status.ts';
import type { Operation } from './operation.ts';
import type { OperationRequest } from './operation-request.ts';

/** The result of an operation, before it is written as JSON. */
export interface Result {
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly data?: Record<string, unknown> | null | undefined;
  readonly extensions?: Record<string, unknown> | undefined;
}

/** A result as JSON. Null if it is larger than `bytesMax`. */
export function write({ errors, data, extensions }: Result, bytesMax: number): string | null {
  const text = JSON.stringify({ errors, data, extensions });
  // most answers are so small that their bytes need not be counted
  return text.length * BYTES_A_CHAR_MAX > bytesMax && Buffer.byteLength(text) > bytesMax ? null : text;
}

const BYTES_A_CHAR_MAX = 3;

/** Formats the answer to an executed operation, whose result is written as `text`, and sets the outcome for the log. */
export function format(
  request: OperationRequest,
  { definition }: Operation,
  { errors = [], data }: Result,
  text: string,
  contentType: string,
  headers: string[],
): Pick<HttpAnswer, 'status' | 'body'> {
  const codes = setOutcome(request, definition.name?.value ?? null, errors);
  const retryAfter = Math.max(0, ...errors.map((error) => Number(error.extensions?.['retryAfter'] ?? 0)));
  if (retryAfter > 0) headers.push('retry-after', String(retryAfter));
  const status = data === undefined ? statusWithoutData(codes, contentType, undefined) : 200;
  // the front end and /mcp parse it again
  return { status, body: request.isFromServer ? text : encodeBody(text) };
}

/** Formats the response with which Apollo refuses a request. */
export function formatRefused(
  request: OperationRequest,
  { status, headers: apolloHeaders, body }: HTTPGraphQLResponse,
  ownHeaders: readonly string[],
): HttpAnswer | Promise<HttpAnswer> {
  if (body.kind !== 'complete') throw new Error('Incremental delivery is not supported.');
  const { errors = [], data } = JSON.parse(body.string) as Result;
  const codes = setOutcome(request, null, errors);
  const contentType = apolloHeaders.get('content-type') ?? '';
  const headers = [...ownHeaders, ...[...apolloHeaders].flat()];
  return compressed(request, {
    status: data === undefined ? statusWithoutData(codes, contentType, status) : (status ?? 200),
    headers,
    body: encodeBody(body.string),
  });
}

export function formatCached(
  request: OperationRequest,
  cached: CachedAnswer,
): HttpAnswer | Promise<HttpAnswer> {
  const headers = [...cacheHeaders(request), 'content-type', cached.contentType];
  return compressed(request, withEtag(request, { status: 200, headers, body: cached.body }), cached);
}

/** Returns the distinct codes of the errors. */
function setOutcome(
  request: OperationRequest,
  name: string | null,
  errors: readonly GraphQLFormattedError[],
): readonly ErrorCode[] {
  const codes = [...new Set(errors.map((error) => error.extensions?.['code'] as ErrorCode))];
  const incidents = errors.flatMap((error) => (error.extensions?.['incident'] as string | undefined) ?? []);
  // otherwise the time-out has been logged already
  if (!request.isOver) {
    const refusals = errors.map(({ extensions, path = [] }) => ({
      code: extensions?.['code'] as ErrorCode,
      field: String(path[0] ?? ''),
    }));
    request.outcome = { name, codes, incidents: [...new Set(incidents)], refusals };
  }
  return codes;
}
