import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { Connection, type Handle, type Shedding } from './one-at-a-time.ts';

const CHECK_MS = 250;
/** Answers that clients have not taken yet. The kernel holds some megabytes more for each connection. */
const UNSENT_BYTES_MAX = 64 * 1024 * 1024;

/** The open connections of all listening sockets. */
export class Connections {
  readonly #connections = new Map<Socket, Connection>();
  readonly #unsentMsMax: number;
  readonly #unsentBytesMax: number;
  readonly #checking: NodeJS.Timeout;

  readonly #shedding: Shedding | null;

  /** `unsentMsMax`: how long bytes may wait to be sent. `unsentBytesMax`: how many, on all connections together. */
  constructor(unsentMsMax: number, shedding: Shedding | null = null, unsentBytesMax = UNSENT_BYTES_MAX) {
    this.#shedding = shedding;
    this.#unsentMsMax = unsentMsMax;
    this.#unsentBytesMax = unsentBytesMax;
    this.#checking = setInterval(() => this.check(performance.now()), CHECK_MS).unref();
  }

  get count(): number {
    return this.#connections.size;
  }

  /** See Connection. */
  refuse({ socket }: IncomingMessage): boolean {
    return this.#connections.get(socket)?.refuse() ?? false;
  }

  /** Answers the requests of a server one at a time on each connection. */
  serve(server: Server, handle: Handle): void {
    server.on('connection', (socket: Socket) => {
      this.#connections.set(socket, new Connection(socket, handle, this.#shedding));
      socket.once('close', () => this.#connections.delete(socket));
    });
    server.on('request', (request, response) => {
      const connection = this.#connections.get(request.socket);
      // a connection that has closed meanwhile is no longer in the list
      if (connection) connection.receive(request, response);
    });
  }

  /** Connections on which nothing was ever sent. Browsers open some in advance. */
  unused(): Socket[] {
    return [...this.#connections.keys()].filter((socket) => socket.bytesRead === 0);
  }

  /**
   * Closes the connections of clients that do not take their answers: those that have taken next to nothing for too
   * long, and the slowest if too many bytes wait.
   */
  check(now: number): void {
    let unsent = 0;
    const slow: { readonly socket: Socket; readonly since: number }[] = [];
    for (const connection of this.#connections.values()) {
      const { socket } = connection;
      connection.unsent.measure(now);
      const { since } = connection.unsent;
      if (since === null) continue;
      unsent += socket.writableLength;
      slow.push({ socket, since });
    }
    slow.sort((one, other) => one.since - other.since);
    for (const { socket, since } of slow) {
      if (unsent <= this.#unsentBytesMax && now - since <= this.#unsentMsMax) return;
      unsent -= socket.writableLength;
      socket.destroy();
    }
  }

  close(): void {
    clearInterval(this.#checking);
  }
}
