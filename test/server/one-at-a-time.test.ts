import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Shedding } from '../../src/server/overload/one-at-a-time.ts';
import { Connections } from '../../src/server/overload/open-connections.ts';
import type { Refusal } from '../../src/server/overload/paced-refusals.ts';
import { type Answer, get, open, serve } from './plain-server.ts';
import { startTiny } from './tiny-server.ts';

/** Resolves to everything that arrives, once the text holds `count` answers or the connection has closed. */
async function answers(socket: Socket, count: number): Promise<string> {
  let text = '';
  for await (const data of socket) {
    text += data;
    if (text.split('HTTP/1.1 ').length > count && text.endsWith('.')) break;
  }
  return text;
}

/** Answers with the body of the request and a full stop. */
const echo: Answer = (request, response) => {
  let body = '';
  request.on('data', (data) => {
    body += data;
  });
  request.on('end', () => setImmediate(() => response.end(`${request.url} ${body}.`)));
};

const post = (path: string, body: string) =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const chunked = (path: string, body: string) =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

const REFUSAL = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 1\r\n\r\n.';

const shedding = (parts: Partial<Shedding> = {}): Shedding => ({
  refuses: () => false,
  add: (refusal) => refusal.send(false),
  refusalsOf: (heads) => heads.map(() => REFUSAL).join(''),
  overran: () => {},
  ...parts,
});

const statuses = (text: string) => [...text.matchAll(/HTTP\/1.1 (\d+)/g)].map(([, status]) => status);

const bodies = (text: string) =>
  [...text.matchAll(/(\/\d+) ([^.]*)\./g)].map(([, path, body]) => [path, body]);

describe('a connection', () => {
  test('does not keep the body of a request that nobody reads', async () => {
    let kept = -1;
    const port = await serve((request, response) => {
      if (request.url !== '/3') return void response.end(`${request.url} .`);
      setTimeout(() => {
        kept = request.readableLength;
        response.end('/3 .');
      }, 200);
    });
    const length = 4 * 1024 * 1024;
    const socket = open(port);
    socket.write(`${get('/1')}${get('/2')}GET /3 HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n`);
    socket.write(Buffer.alloc(length));
    expect(await answers(socket, 3)).toContain('/3 .');
    expect(kept).toBe(0);
  });

  test('handles nothing that follows an answer with Connection: close', async () => {
    const handled: (string | undefined)[] = [];
    const port = await serve((request, response) => {
      handled.push(request.url);
      if (request.url === '/2') response.setHeader('connection', 'close');
      setImmediate(() => response.end(`${request.url} .`));
    });
    const socket = open(port);
    socket.write(get('/1') + get('/2') + get('/3'));
    const text = await answers(socket, 3);
    expect(handled).toEqual(['/1', '/2']);
    expect(text).not.toContain('/3');
  });

  test('runs its second request when the first is answered, and answers in order', async () => {
    const server = await startTiny();
    const body = JSON.stringify({ query: '{ waits }' });
    const request = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    let begun = 0;
    const { wait } = server.gate;
    server.gate.wait = () => {
      begun++;
      return wait();
    };
    const socket = open(Number(new URL(server.url).port));
    socket.write(request.repeat(3));
    await server.gate.reachedBy(1);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    expect(begun).toBe(1);
    server.gate.open();
    let text = '';
    for await (const data of socket) {
      text += data;
      if (text.split('"waits":"open"').length === 4) break;
    }
    expect(begun).toBe(3);
  });

  test('answers each request with its own body, in order, however the bytes are cut', async () => {
    const port = await serve(echo);
    const body = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', '\r', '\n') }),
      fc.constant('\r\n\r\n'),
    );
    const request = fc.tuple(fc.constantFrom('get', 'post', 'chunked'), body);
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 2, maxLength: 12 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 300 })),
        async (requests, cuts) => {
          const expected = requests.map(([kind, text], n) => [
            `/${n}`,
            kind === 'get' || text === '' ? '' : text,
          ]);
          const bytes = requests
            .map(([kind, text], n) => {
              if (kind === 'get') return get(`/${n}`);
              return kind === 'chunked' && text !== '' ? chunked(`/${n}`, text) : post(`/${n}`, text);
            })
            .join('');
          const socket = connect({ port, host: '127.0.0.1', noDelay: true });
          const received = answers(socket, requests.length);
          for (let at = 0; at < bytes.length; ) {
            const next = at + (cuts.next().value as number);
            socket.write(bytes.slice(at, next));
            at = next;
            await new Promise(setImmediate);
          }
          expect(bodies(await received)).toEqual(expected);
          socket.destroy();
        },
      ),
      { numRuns: 60 },
    );
  });

  test('refuses what waits behind a refused request, also if the end of its head came in two packets', async () => {
    const connections = new Connections(60_000, shedding());
    let handled = 0;
    const port = await serve((request, response) => {
      handled++;
      if (handled === 3) connections.refuse(request);
      request.resume();
      setTimeout(() => response.end('.'), 100); // the other requests have arrived by then
    }, connections);
    const socket = open(port).setNoDelay();
    const [two, third, others] = [
      get('/1').repeat(2),
      post('/graphql', 'three'),
      post('/graphql', 'more').repeat(2),
    ];
    const cut = third.indexOf('\r\n\r\n') + 3;
    socket.write(two);
    await sleep(30);
    socket.write(third.slice(0, cut));
    await sleep(30);
    socket.write(third.slice(cut) + others);
    expect(statuses(await answers(socket, 5))).toEqual(['200', '200', '200', '503', '503']);
    expect(handled).toBe(3);
  });

  test('refuses unparsed what it may not answer, reads nothing until then, and parses what is no operation', async () => {
    const held: Refusal[] = [];
    let isOverloaded = false;
    const refuses = () => isOverloaded;
    const connections = new Connections(60_000, shedding({ refuses, add: (refusal) => held.push(refusal) }));
    const handled: (string | undefined)[] = [];
    const port = await serve((request, response) => {
      handled.push(request.url);
      response.end('.');
    }, connections);
    const socket = open(port);
    socket.write(get('/1').repeat(2));
    await sleep(30);
    socket.write(get('/2'));
    await sleep(30);
    isOverloaded = true;
    socket.write(get('/graphql'));
    while (held.length === 0) await sleep(5);
    socket.write(get('/graphql?more') + post('/graphql', 'more'));
    await sleep(30);
    socket.write(get('/health/live') + get('/graphql').slice(0, -3));
    await sleep(30);
    expect(held).toHaveLength(1);
    isOverloaded = false;
    held[0]?.send(false);
    await sleep(30);
    socket.write('\n\r\n');
    expect(statuses(await answers(socket, 8))).toEqual([
      '200',
      '200',
      '200',
      '503',
      '503',
      '503',
      '200',
      '200',
    ]);
    expect(handled).toEqual(['/1', '/1', '/2', '/health/live', '/graphql']);
  });

  test('closes after 17 requests of one packet, all of them answered', async () => {
    const port = await serve(echo);
    const socket = open(port);
    socket.write(Array.from({ length: 100 }, (_, n) => get(`/${n}`)).join(''));
    const text = await answers(socket, 100);
    expect(bodies(text).map(([path]) => path)).toEqual(Array.from({ length: 17 }, (_, n) => `/${n}`));
    expect(text.match(/connection: close/gi)).toHaveLength(1);
  });
});
