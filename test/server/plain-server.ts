// A server of node:http behind `Connections`, and clients that write to it byte by byte.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { Connections } from '../../src/server/overload/open-connections.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export async function serve(answer: Answer, connections = new Connections(60_000)): Promise<number> {
  const server = createServer();
  connections.serve(server, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    connections.close();
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

export function open(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  return socket;
}

export const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;
