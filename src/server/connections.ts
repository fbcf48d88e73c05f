import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '../start-error.ts';
import type { RefuseConnection } from './http/broken-requests.ts';
import type { Handle } from './overload/one-at-a-time.ts';
import type { Connections } from './overload/open-connections.ts';

/** Longer than proxies keep idle connections. If we closed one first, a request on it could be lost. */
const KEEP_ALIVE_MS = 72_000;

interface ListenOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The time-out for receiving a request. */
  readonly requestTimeoutMs: number;
  /** The maximum number of connections on each address. Further ones are closed at once. */
  readonly connectionsMax: number;
  readonly connections: Connections;
  /** Answers what cannot be parsed. */
  readonly refuseConnection: RefuseConnection;
}

interface Listening {
  readonly port: number;
  /** The URLs of the listening sockets, that of `host` first. */
  readonly urls: readonly string[];
  /**
   * Accepts no new connections, and resolves when the running requests are answered. After `withinMs` it closes their
   * connections.
   */
  stop(withinMs: number): Promise<void>;
}

/** Listens for HTTP requests, on `localhost` at all of its addresses. Throws StartError if that fails. */
export async function listen(handle: Handle, options: ListenOptions): Promise<Listening> {
  const { host, port, connections } = options;
  const create = () => {
    const server = createHttpServer(options);
    connections.serve(server, handle);
    return server;
  };
  const first = create();
  await bind(first, host, port).catch((error) => {
    throw startErrorOf(error, host, port);
  });
  const { address, port: bound } = first.address() as AddressInfo;
  const servers = [first];
  const others = host === 'localhost' ? await lookup(host, { all: true }).catch(() => []) : [];
  for (const other of others) {
    if (other.address === address) continue;
    const server = create();
    // this machine may lack one of the addresses
    await bind(server, other.address, bound).then(
      () => servers.push(server),
      () => {},
    );
  }
  return {
    port: bound,
    urls: servers.map(urlOf),
    stop: async (withinMs) => {
      const cutOff = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
      }, withinMs);
      const closed = servers.map((server) => {
        server.close();
        return once(server, 'close');
      });
      for (const socket of connections.unused()) socket.destroy(); // Node counts them neither as idle nor as active
      await Promise.all(closed);
      clearTimeout(cutOff);
    },
  };
}

function createHttpServer({ requestTimeoutMs, connectionsMax, refuseConnection }: ListenOptions): Server {
  const server = createServer({
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(1000, requestTimeoutMs),
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  server.maxConnections = connectionsMax;
  // Closes the connection of a client that never reads its answer. The time is long enough for a slow client to receive
  // its refusal first.
  server.setTimeout(Math.max(2 * requestTimeoutMs, 10_000));
  server.on('clientError', refuseConnection);
  return server;
}

async function bind(server: Server, host: string, port: number): Promise<void> {
  server.listen({ host, port });
  await once(server, 'listening');
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function startErrorOf(error: unknown, host: string, port: number): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} on ${host} is in use: stop the other program or set PORT to another number.`,
      );
    case 'EACCES':
      return new StartError(`Port ${port} is not permitted for this user: set PORT to 1024 or more.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(`HOST is "${host}", which is not an address of this machine.`);
    default:
      return error;
  }
}
