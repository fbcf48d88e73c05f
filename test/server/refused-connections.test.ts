import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Connections } from '../../src/server/overload/open-connections.ts';
import { get, open, serve } from './plain-server.ts';

const BODY = `${'x'.repeat(200)}.`;
const REFUSAL = `HTTP/1.1 503 Service Unavailable\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;

/** A server that is overloaded when the test says so, what it has handled, and what it has refused unparsed. */
async function overloaded(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const batches: number[] = [];
  const state = { isOverloaded: false, socket: null as Socket | null, unsentMax: 0, together: 0 };
  let isSameTurn = false;
  const connections = new Connections(60_000, {
    refuses: () => state.isOverloaded,
    add: (refusal) => refusal.send(false),
    refusalsOf: (heads) => {
      batches.push(heads.length);
      if (isSameTurn) state.together++;
      isSameTurn = true;
      setImmediate(() => {
        isSameTurn = false;
      });
      state.unsentMax = Math.max(state.unsentMax, state.socket?.writableLength ?? 0);
      return REFUSAL.repeat(heads.length);
    },
    overran: () => {},
  });
  const port = await serve((request, response) => {
    state.socket ??= request.socket;
    answer(request, response);
  }, connections);
  return { port, connections, state, batches, refused: () => batches.reduce((sum, count) => sum + count, 0) };
}

/** Counts the answers without keeping them. */
function counting(socket: Socket) {
  const counts = { 200: 0, 503: 0 };
  let tail = '';
  socket.on('data', (data) => {
    const text = tail + data.toString('latin1');
    for (const status of [200, 503] as const) counts[status] += text.split(`HTTP/1.1 ${status}`).length - 1;
    tail = text.slice(1 - 'HTTP/1.1 200'.length);
  });
  return counts;
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5);
}

/** From the second request of a packet on, the server parses one at a time; from the third on, it knows where they end. */
async function parsedOneByOne(port: number) {
  const socket = open(port).setNoDelay();
  const counts = counting(socket);
  socket.write(get('/').repeat(2));
  await until(() => counts[200] === 2);
  socket.write(get('/'));
  await until(() => counts[200] === 3);
  return { socket, counts };
}

test('a client that sends without end and does not read is refused in parts, and no more than it takes', async () => {
  const { port, state, batches, refused } = await overloaded((_request, response) => response.end('.'));
  const { socket, counts } = await parsedOneByOne(port);
  socket.pause();
  const read = state.socket?.bytesRead ?? 0;
  state.isOverloaded = true;
  const [shortest, total] = [get('/graphql'), 120_000];
  socket.write(shortest.repeat(total));
  let before = -1;
  while (refused() !== before) {
    before = refused();
    expect((await fetch(`http://127.0.0.1:${port}/other`)).status).toBe(200);
    await sleep(100);
  }
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(total);
  const unparsed = (state.socket?.bytesRead ?? 0) - read - before * shortest.length;
  expect(unparsed).toBeLessThan(128 * 1024);

  socket.resume();
  // one that is cut by a packet may be parsed, and answered
  await until(() => counts[503] + counts[200] === total + 3);
  expect(counts[503]).toBe(refused());
  expect(Math.max(...batches)).toBeLessThanOrEqual(100);
  expect(state.together).toBe(0);
  expect(state.unsentMax).toBeLessThan(128 * 1024);
  state.isOverloaded = false;
  socket.write(get('/graphql'));
  await until(() => counts[503] + counts[200] === total + 4);
}, 60_000);

test('what follows a refused request waits in the kernel until its refusal is sent', async () => {
  let refusal: ServerResponse | null = null;
  const { port, state, connections, refused } = await overloaded((request, response) => {
    if (!state.isOverloaded) return void response.end('.');
    connections.refuse(request);
    refusal = response.writeHead(503);
    state.isOverloaded = false;
  });
  const { socket, counts } = await parsedOneByOne(port);
  state.isOverloaded = true;
  socket.write(get('/first')); // not to /graphql: parsed
  await until(() => refusal !== null);
  const read = state.socket?.bytesRead;
  socket.write(get('/graphql').repeat(20));
  await sleep(50);
  expect(state.socket?.bytesRead).toBe(read);
  (refusal as ServerResponse | null)?.end('.');
  await until(() => counts[503] === 21);
  expect(refused()).toBe(20);
});

test.each([
  ['a chunked body', 'transfer-encoding: chunked', `5000\r\n${'x'.repeat(0x5000)}\r\n0\r\n\r\n`],
  ['a long body', 'content-length: 50000', 'x'.repeat(50_000)],
])('a client whose connection is closed with its refusal sees it after %s', async (_what, header, body) => {
  let refusal: ServerResponse | null = null;
  const { port, state, connections } = await overloaded((request, response) => {
    request.resume();
    connections.refuse(request);
    refusal = response;
  });
  const socket = open(port).setNoDelay();
  const errors: unknown[] = [];
  let text = '';
  socket
    .on('error', (error) => errors.push(error))
    .on('data', (data) => {
      text += data;
    });
  const head = `POST /graphql HTTP/1.1\r\nhost: x\r\n${header}\r\n\r\n`;
  socket.write(head + body.slice(0, 100));
  await until(() => refusal !== null);
  socket.write(body.slice(100));
  await sleep(50);
  expect(state.socket?.bytesRead).toBe(head.length + body.length);
  (refusal as ServerResponse | null)?.writeHead(503, { connection: 'close' }).end('.');
  await until(() => socket.closed);
  expect(text).toMatch(/^HTTP\/1\.1 503 /);
  expect(errors).toEqual([]);
});
