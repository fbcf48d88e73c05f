import { type ServeStdioOptions, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { SendOperation } from './api.ts';
import { forumServer } from './forum-server.ts';
import type { Identity } from './identity.ts';

/** Serves the Model Context Protocol over stdin and stdout until stdin ends. */
export function serveOverStdio(
  identity: Identity,
  send: SendOperation,
  onFault: (error: Error) => void,
  transport?: ServeStdioOptions['transport'],
): { close(): Promise<void> } {
  return serveStdio(() => forumServer(identity, send), {
    maxSubscriptions: 0,
    onerror: onFault,
    ...(transport && { transport }),
  });
}
