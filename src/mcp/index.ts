// The forum as a server of the Model Context Protocol. The protocol's package is loaded when the first message arrives:
// it would be a good part of the time that the server takes to start.
import * as operations from './operations.ts';

export type { SendOperation } from './api.ts';
export type { Identity } from './identity.ts';
export { remoteApi, siteNameOf } from './remote-api.ts';
export { needsCredential } from './writes.ts';

/** Tells whether a credential is valid. */
export const { WHO } = operations;

/** The documents of all operations by ids, for servers that answer only trusted documents. */
export const MCP_DOCUMENTS: ReadonlyMap<string, string> = new Map(
  Object.entries(operations).map(([name, document]) => [`mcp:${name}`, document]),
);

/** What answers a message over HTTP: see answer-message.ts. */
export async function loadAnswerMessage() {
  return (await import('./answer-message.ts')).answerMessage;
}

/** What serves stdin and stdout: see serve-stdio.ts. */
export async function loadServeOverStdio() {
  return (await import('./serve-stdio.ts')).serveOverStdio;
}
