// The official clients: of today's specification, and of the one before.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as FormerClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as FormerTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport as FormerTransportType } from '@modelcontextprotocol/sdk/shared/transport.js';

export interface ToolResult {
  readonly isError: boolean;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test asks for
  readonly data: any;
  /** The API's error. */
  readonly error: { readonly code: string; readonly field: string | null } | null;
}

/** What both clients have in common. */
export interface McpClient {
  readonly protocol: () => string | undefined;
  readonly instructions: () => string | undefined;
  listTools(): Promise<readonly ListedTool[]>;
  listPrompts(): Promise<readonly string[]>;
  listResources(): Promise<readonly string[]>;
  call(name: string, args: Record<string, unknown>): Promise<ToolResult>;
  read(uri: string): Promise<string>;
  prompt(name: string, args: Record<string, string>): Promise<string>;
  close(): Promise<void>;
}

export interface ListedTool {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly annotations?: object | undefined;
  readonly inputSchema: object;
  readonly outputSchema?: object | undefined;
}

export const SPECIFICATIONS = ['2026-07-28', '2025-11-25'] as const;
export type Specification = (typeof SPECIFICATIONS)[number];

const INFO = { name: 'parley-test', version: '1.0.0' };

/** Connects a client of this specification to a server, as a guest or with a token. */
export async function connectClient(
  specification: Specification,
  url: string,
  token?: string,
): Promise<McpClient> {
  const requestInit = token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } };
  const endpoint = new URL('/mcp', url);
  if (specification === '2026-07-28') {
    const client = new Client(INFO, { versionNegotiation: { mode: { pin: specification } } });
    await client.connect(new StreamableHTTPClientTransport(endpoint, { requestInit }));
    return clientOf(client, () => client.getNegotiatedProtocolVersion());
  }
  const client = new FormerClient(INFO);
  const transport = new FormerTransport(endpoint, { requestInit });
  await client.connect(transport as FormerTransportType);
  return clientOf(client as unknown as Client, () => transport.protocolVersion);
}

/** A connected client. */
export function clientOf(client: Client, protocol: () => string | undefined): McpClient {
  return {
    protocol,
    instructions: () => client.getInstructions(),
    listTools: async () => (await client.listTools()).tools,
    listPrompts: async () => (await client.listPrompts()).prompts.map(({ name }) => name),
    listResources: async () => (await client.listResources()).resources.map(({ uri }) => uri),
    call: async (name, args) => {
      const result = await client.callTool({ name, arguments: args });
      const [content] = result.content;
      return {
        isError: result.isError === true,
        text: content?.type === 'text' ? content.text : '',
        data: result.structuredContent,
        error: (result._meta?.['parley/error'] as ToolResult['error']) ?? null,
      };
    },
    read: async (uri) => {
      const { contents } = await client.readResource({ uri });
      const [content] = contents;
      return content !== undefined && 'text' in content ? content.text : '';
    },
    prompt: async (name, args) => {
      const { messages } = await client.getPrompt({ name, arguments: args });
      const content = messages[0]?.content;
      return content !== undefined && 'text' in content ? content.text : '';
    },
    close: () => client.close(),
  };
}
