import { createMcpHandler } from '@modelcontextprotocol/server';
import type { SendOperation } from './api.ts';
import { forumServer } from './forum-server.ts';
import type { Identity } from './identity.ts';

/** A message over HTTP, whose body has been read. */
export interface McpMessage {
  readonly headers: Headers;
  readonly body: unknown;
  /** Aborted when the client goes. */
  readonly signal: AbortSignal;
}

/** The handler doesn't look at the URL. */
const URL_OF_ANY = 'http://localhost/mcp';

/**
 * Answers a message of the Model Context Protocol, of the specification of 2026 or of those of 2025. No state remains
 * between messages. `onFault` gets what went wrong and is not the client's fault, or is and was refused.
 */
export function answerMessage(
  identity: Identity,
  send: SendOperation,
  { headers, body, signal }: McpMessage,
  onFault: (error: Error) => void,
): Promise<Response> {
  const { fetch: answer } = createMcpHandler(() => forumServer(identity, send), {
    maxSubscriptions: 0,
    onerror: onFault,
  });
  const request = new Request(URL_OF_ANY, { method: 'POST', headers, signal });
  return answer(request, { parsedBody: body });
}
