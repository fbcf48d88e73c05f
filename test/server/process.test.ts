import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { start } from './program.ts';

/** A connection with a request on it that never ends: it holds up the stop. */
async function holdUp(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n');
  socket.write('expect: 100-continue\r\ncontent-length: 9\r\n\r\n');
  // The server says "100 Continue" once it has begun with the request.
  await once(socket, 'data');
  return socket;
}

describe('a start that cannot be', () => {
  test('ends with status 1 and one sentence where settings are wrong, and writes nothing', async () => {
    const program = await start({ PORT: 'eighty', SEED: 'some' });
    expect(await program.ended()).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'Settings are wrong: PORT must be a whole number from 0 to 65535, not "eighty"; ' +
        'SEED must be sample or none, not "some".\n',
    });
    expect(await readdir(program.folder)).toEqual([]);
  });

  test('ends with status 1 and one sentence where the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => {
      other.close();
    });
    const { port } = other.address() as { port: number };
    const program = await start({ PORT: String(port) });
    expect(await program.ended()).toEqual({
      status: 1,
      stdout: '',
      stderr: `Port ${port} on 127.0.0.1 is in use: stop the other program or set PORT to another number.\n`,
    });
  });
});

describe('a signal to stop', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s ends the program with status 0, every line on its output a log line, and the database closed',
    async (signal) => {
      const program = await start();
      const url = await program.listening();
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      program.child.kill(signal);
      const { status, stdout, stderr } = await program.ended();
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const lines = stdout.trim().split('\n');
      for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: 'info' });
      expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ msg: 'the server is stopping' });
      // SQLite deletes its log when the last connection closes cleanly.
      expect(await readdir(program.folder)).toEqual(['forum.db']);
    },
  );

  test('cuts off a request that does not end within SHUTDOWN_SECONDS', async () => {
    const program = await start({ SHUTDOWN_SECONDS: '1' });
    const socket = await holdUp(await program.listening());
    program.child.kill('SIGTERM');
    await once(socket, 'close');
    expect((await program.ended()).status).toBe(0);
  });

  test('ends the program at once when it comes a second time', async () => {
    const program = await start({ SHUTDOWN_SECONDS: '600', REQUEST_TIMEOUT_SECONDS: '600' });
    const url = await program.listening();
    await holdUp(url);
    program.child.kill('SIGTERM');
    // The first one has arrived when no connection is taken any more.
    while (
      await fetch(url).then(
        () => true,
        () => false,
      )
    );
    program.child.kill('SIGTERM');
    expect((await program.ended()).status).toBe(1);
  });
});
