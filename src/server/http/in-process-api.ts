import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { GRAPHQL_PATH, OperationRequest } from '../../api/operation-request.ts';
import type { Pipeline } from '../../api/pipeline.ts';
import type { Observer } from '../observe/observer.ts';
import type { Admission } from '../overload/admission.ts';
import { OVERLOADED } from './refused-operation.ts';

/** An operation of the front end, as web/src/api/ask-api.ts has it. */
export interface ApiRequest {
  readonly query: string;
  readonly variables: object;
  readonly token: string | null;
  readonly address: string;
  readonly userAgent: string | undefined;
  readonly context: unknown;
}

/** The page that asks. */
export interface PageRequest {
  readonly request: FastifyRequest;
  readonly response: ServerResponse;
}

interface ApiParts {
  readonly pipeline: Pipeline;
  readonly admission: Admission;
  readonly observer: Required<Observer>;
}

const REFUSAL = JSON.stringify({
  errors: [
    {
      message: OVERLOADED,
      extensions: { code: 'UNAVAILABLE', retryAfter: 1 },
    },
  ],
});

/**
 * Answers the operations of the front end and of /mcp without a connection: by the same pipeline as those of other
 * clients, with the same limits, counted by the reader's own address. Their documents are constants, so they are answered
 * with TRUSTED_DOCUMENTS too: `query` must never come from a client.
 */
export function inProcessApi({ pipeline, admission, observer }: ApiParts) {
  return async ({ query, variables, token, address, userAgent, context }: ApiRequest): Promise<string> => {
    const { request: page, response } = context as PageRequest;
    const arrivedAt = performance.now();
    const overload = admission.refusalOf(arrivedAt);
    if (overload !== null) {
      observer.refused(overload);
      return REFUSAL;
    }
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(userAgent !== undefined && { 'user-agent': userAgent }),
      ...(token !== null && { authorization: `Bearer ${token}` }),
    };
    const request = new OperationRequest({
      id: page.id,
      raw: { method: 'POST', url: GRAPHQL_PATH, headers, socket: page.raw.socket },
      ...{ response, arrivedAt },
      addressOf: () => address,
      isFromServer: true,
    });
    request.body = { query, variables };
    observer.begun(request);
    admission.begin();
    try {
      const { status, body } = await pipeline.answer(request);
      observer.ended(request, status);
      return typeof body === 'string' ? body : body.toString('utf8');
    } finally {
      admission.end(arrivedAt);
    }
  };
}
