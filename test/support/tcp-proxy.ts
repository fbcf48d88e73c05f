import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy to a server that can fail for its own clients alone. */
export interface TcpProxy {
  readonly port: number;
  /** Holds back what is sent until it is resumed. With `said`, only on connections that have sent this text. */
  hold(said?: string): void;
  release(): void;
  /** Holds back everything on every connection, and on those that are opened while it lasts. */
  silence(): void;
  /** Breaks every connection and takes no new one. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

interface Connection {
  readonly ends: readonly [client: Socket, server: Socket];
  said: string;
}

export async function openTcpProxy(target: number): Promise<TcpProxy> {
  const connections = new Set<Connection>();
  const eachWay = ({ ends: [client, server] }: Connection) =>
    [
      [client, server],
      [server, client],
    ] as const;
  let isSilent = false;
  const listen = async (port: number) => {
    const server = createServer((client) => {
      const connection: Connection = { ends: [client, connect(target, '127.0.0.1')], said: '' };
      connections.add(connection);
      client.on('data', (data) => {
        connection.said += data;
      });
      for (const [from, onto] of eachWay(connection)) {
        if (isSilent) from.pause();
        else from.pipe(onto);
        from.on('error', () => onto.destroy());
        from.on('close', () => {
          connections.delete(connection);
          onto.destroy();
        });
      }
    });
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return server;
  };
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  const cut = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const { ends } of connections) for (const end of ends) end.destroy();
    await closed;
  };
  return {
    port,
    hold: (said = '') => {
      for (const connection of connections)
        if (connection.said.includes(said))
          for (const [from, onto] of eachWay(connection)) from.unpipe(onto).pause();
    },
    silence: () => {
      isSilent = true;
      for (const connection of connections)
        for (const [from, onto] of eachWay(connection)) from.unpipe(onto).pause();
    },
    release: () => {
      isSilent = false;
      for (const connection of connections)
        for (const [from, onto] of eachWay(connection)) from.unpipe(onto).pipe(onto);
    },
    cut,
    mend: async () => {
      server = await listen(port);
    },
    close: async () => {
      if (server.listening) await cut();
    },
  };
}
