import type { FastifyReply } from 'fastify';

/** What a request is answered with, whoever sends it. */
export interface HttpAnswer {
  readonly status: number;
  /** Names, in lower case and each once, and values in turn. An object of ever other members costs more than the rest. */
  readonly headers: readonly string[];
  readonly body: string | Buffer;
}

/** Sends an answer by the framework. */
export function sendAnswer(reply: FastifyReply, { status, headers, body }: HttpAnswer): FastifyReply {
  for (let i = 0; i < headers.length; i += 2) {
    const [name, value] = [headers[i] as string, headers[i + 1] as string];
    // CORS has named Origin by now
    const known = name === 'vary' ? [reply.getHeader(name) ?? []].flat() : [];
    reply.header(name, [value, ...known].join(', '));
  }
  return reply.code(status).send(body);
}
