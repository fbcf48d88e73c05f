import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Connections } from '../../src/server/overload/open-connections.ts';
import { get, open, serve } from './plain-server.ts';

describe('a client that does not read', () => {
  /** The kernel holds up to ten megabytes, and a slow client reads sixteen. */
  const LARGE = Buffer.alloc(40 * 1024 * 1024);

  test('has one answer made for it, and is cut off in time', async () => {
    let made = 0;
    const connections = new Connections(10_000);
    const port = await serve((_request, response) => {
      made++;
      response.end(LARGE);
    }, connections);
    const socket = open(port).pause();
    socket.on('error', () => {});
    socket.write(get('/').repeat(10));
    while (made === 0) await new Promise(setImmediate);
    const now = performance.now();
    connections.check(now);
    connections.check(now + 10_000);
    expect(connections.count).toBe(1);
    connections.check(now + 10_001);
    while (connections.count > 0) await new Promise(setImmediate);
    expect(made).toBe(1);
  });

  test('is not cut off while it reads slowly', async () => {
    const connections = new Connections(10_000);
    connections.close(); // its own checks have another clock
    const port = await serve((_request, response) => response.end(LARGE), connections);
    const socket = open(port).pause();
    socket.on('error', () => {});
    socket.write(get('/'));
    while (connections.count === 0) await sleep(10);
    await sleep(100);
    let [now, read] = [performance.now(), 0];
    socket.on('data', ({ length }: Buffer) => {
      read += length;
      if (read > 3 * 1024 * 1024) socket.pause();
    });
    for (let n = 0; n < 5; n++) {
      read = 0;
      connections.check(now);
      socket.resume();
      while (!socket.isPaused()) await sleep(5);
      now += 9_000;
      connections.check(now);
    }
    await sleep(20); // it would be closed by now
    expect(connections.count).toBe(1);
    // the kernel may still be taking bytes, which counts as reading
    for (; connections.count > 0; now += 10_001) {
      connections.check(now);
      await sleep(5);
    }
  });

  test('is cut off at once if all such clients together hold too much, the slowest first', async () => {
    const connections = new Connections(10_000, null, 1.5 * LARGE.length);
    connections.close(); // as above
    const port = await serve((_request, response) => response.end(LARGE), connections);
    const ended: number[] = [];
    for (const n of [1, 2]) {
      const socket = open(port).pause();
      socket.on('error', () => {}).on('close', () => ended.push(n));
      socket.write(get('/'));
      while (connections.count < n) await new Promise(setImmediate);
      await new Promise((resolve) => setTimeout(resolve, 50));
      connections.check(n * 100);
    }
    while (connections.count > 1) await new Promise(setImmediate);
    connections.check(300);
    expect(connections.count).toBe(1);
  });
});
