import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type Database, openDatabase } from '../../src/store/index.ts';

/**
 * A database whose connections break as soon as COMMIT has been sent: the server commits, and the client gets no
 * answer.
 */
export async function openLossy(url: string): Promise<{ db: Database; close(): Promise<void> }> {
  const address = new URL(url);
  const [host, port] = [address.hostname, Number(address.port || 5432)];
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(port, host);
    for (const socket of [client, server]) sockets.add(socket.on('error', () => {}));
    server.pipe(client);
    client.on('end', () => server.end());
    client.on('data', (sent) => {
      server.write(sent);
      if (sent.includes('COMMIT')) client.destroy();
    });
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  address.hostname = '127.0.0.1';
  address.port = String((proxy.address() as AddressInfo).port);
  const db = await openDatabase(address.href);
  return {
    db,
    close: async () => {
      await db.close();
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
