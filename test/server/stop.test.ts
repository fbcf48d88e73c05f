import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { StartError } from '../../src/start-error.ts';
import { startTiny } from './tiny-server.ts';

describe('readiness', () => {
  test.each([
    ['serves', async () => null, 200, { status: 'ready' }],
    [
      'has migrations to apply',
      async () => 'MIGRATIONS_PENDING' as const,
      503,
      { status: 'unavailable', reason: 'MIGRATIONS_PENDING' },
    ],
    [
      'cannot reach the database',
      () => Promise.reject(new Error('password authentication failed for hunter2')),
      503,
      { status: 'unavailable', reason: 'DATABASE_UNREACHABLE' },
    ],
    [
      'gets no answer from the database',
      () => new Promise<null>(() => {}),
      503,
      { status: 'unavailable', reason: 'DATABASE_UNREACHABLE' },
    ],
  ])('tells that the server %s', async (_what, ready, status, body) => {
    const { url } = await startTiny({}, { ready });
    const response = await fetch(`${url}/health/ready`);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(body);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });
});

describe('close', () => {
  test('answers what is running, and takes no connection any more', async () => {
    const server = await startTiny();
    const running = [server.query('{ waits }'), server.query('{ waits }')];
    await server.gate.reachedBy(2);
    const closed = server.close();
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
    server.gate.open();
    for (const { status, body } of await Promise.all(running)) {
      expect({ status, body }).toEqual({ status: 200, body: { data: { waits: 'open' } } });
    }
    await closed;
  });

  test('meanwhile answers 503 to new requests on old connections, readiness included', async () => {
    const server = await startTiny();
    const ask = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\r\n`;
    const running = server.query('{ waits }');
    await server.gate.reachedBy(1);
    const sockets = ['/graphql?query={hello}', '/health/ready'].map((path) => {
      const { hostname, port } = new URL(server.url);
      const socket = connect(Number(port), hostname);
      // The head is begun before the stop and ended after it, so that the connection is no idle one.
      socket.write(ask(path).slice(0, -2));
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, 'ready')));
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    const closed = server.close();
    const answers = sockets.map(async (socket) => {
      let text = '';
      socket.on('data', (data) => {
        text += data;
      });
      socket.write('\r\n');
      await once(socket, 'close');
      return text;
    });
    const [operation, probe] = await Promise.all(answers);
    expect(operation).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 1[\s\S]*"code":"UNAVAILABLE"/);
    expect(probe).toMatch(/^HTTP\/1\.1 503 [\s\S]*"reason":"STOPPING"/);
    server.gate.open();
    expect((await running).status).toBe(200);
    await closed;
  });

  test('cuts off what does not end in time', async () => {
    const server = await startTiny({ shutdownMs: 50 });
    const running = server.query('{ waits }');
    await server.gate.reachedBy(1);
    const cut = expect(running).rejects.toThrow('fetch failed');
    await server.close();
    await cut;
  });

  test('does not wait for connections that were opened and never used', async () => {
    const server = await startTiny({ shutdownMs: 600_000 });
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'ready');
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    await Promise.all([server.close(), once(socket, 'close')]);
  });

  test('can be called twice', async () => {
    const server = await startTiny();
    await Promise.all([server.close(), server.close()]);
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });
});

describe('a start that cannot be', () => {
  test('is one sentence if the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    await expect(startTiny({ port })).rejects.toThrow(
      new StartError(
        `Port ${port} on 127.0.0.1 is in use: stop the other program or set PORT to another number.`,
      ),
    );
    await new Promise((resolve) => other.close(resolve));
  });

  test.each(['192.0.2.1', 'no-such-host.invalid'])(
    'is told in one sentence where the host is %s',
    async (host) => {
      await expect(startTiny({ host })).rejects.toThrow(
        new StartError(`HOST is "${host}", which is not an address of this machine.`),
      );
    },
  );
});
