import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Admission } from '../../src/server/overload/admission.ts';
import { completeRequests } from '../../src/server/overload/pipelined-requests.ts';
import { startTiny } from './tiny-server.ts';

/** An admission with a clock and turns that the test controls. */
function controlled(inFlightMax = 256) {
  let now = 1000;
  let endOfTurn: (() => void) | null = null;
  const admission = new Admission(
    { overloadWaitMs: 25, inFlightMax },
    () => now,
    (callback) => {
      endOfTurn = callback;
    },
  );
  return {
    admission,
    pass: (ms: number) => {
      now += ms;
    },
    /** One turn in which so many requests arrive, each of which takes so long. Returns the number of those admitted. */
    turn: (requests: number, ms: number) => {
      let admitted = 0;
      for (let n = 0; n < requests; n++) {
        if (admission.refusalOf(now) !== null) continue;
        admitted++;
        now += ms;
      }
      endOfTurn?.();
      endOfTurn = null;
      return admitted;
    },
    now: () => now,
  };
}

describe('admission', () => {
  test('answers a burst, refuses the rest of a queue, and is back to normal after two calm seconds', () => {
    const { turn, pass } = controlled();
    expect(turn(50, 1)).toBe(50);
    pass(3000);
    expect(turn(1000, 1)).toBe(52); // twice the wait, without the longest request
    expect(turn(1000, 1)).toBe(27);
    expect(turn(20, 1)).toBe(20);
    pass(2001);
    expect(turn(50, 1)).toBe(50);
  });

  test('shortens the queue to the share that can be answered, to a fifth at most, and lets it grow again', () => {
    const { turn } = controlled();
    for (let n = 0; n < 10; n++) turn(1000, 1);
    expect(turn(1000, 1)).toBe(7);
    for (let n = 0; n < 40; n++) turn(13, 1);
    expect(turn(13, 1)).toBe(13);
  });

  test('refuses nobody for one slow request', () => {
    const { admission, pass, turn, now } = controlled();
    expect(admission.refusalOf(now())).toBeNull();
    pass(5000);
    expect(turn(50, 1)).toBe(50);
  });

  test('refuses a request that has waited behind others on its connection, but only while there is a queue', () => {
    const { admission, turn, now } = controlled();
    expect(admission.refusalOf(now() - 500)).toBeNull();
    turn(1000, 1);
    expect(admission.refusalOf(now() - 500)).toBe('WAITED_TOO_LONG');
    expect(admission.refusalOf(now())).toBeNull();
  });

  test('refuses a request that has waited behind one that was refused for the operations in progress', () => {
    const { admission, pass, now } = controlled(1);
    const arrivedAt = now();
    admission.begin();
    expect(admission.refusalOf(arrivedAt)).toBe('TOO_MANY_IN_FLIGHT');
    pass(500);
    admission.end(arrivedAt);
    expect(admission.refusalOf(arrivedAt)).toBe('WAITED_TOO_LONG');
    expect(admission.refusalOf(now())).toBeNull();
  });

  test('lets fewer operations run at once while all of them are slow, and more again when they are not', () => {
    const { admission, pass, now } = controlled(100);
    const windows = (count: number, ms: number) => {
      for (let n = 0; n < count; n++) {
        while (admission.inFlight < admission.limit) admission.begin();
        const startedAt = now();
        pass(ms);
        while (admission.inFlight > 0) admission.end(startedAt);
      }
    };
    windows(20, 200);
    expect(admission.limit).toBe(32);
    for (let n = 0; n < 20; n++) {
      admission.begin();
      pass(101);
      admission.end(now() - 1);
    }
    expect(admission.limit).toBe(100);
  });
});

describe('an overloaded server', () => {
  const BODY = JSON.stringify({ query: '{ hello }' });
  const HEAD = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n`;

  test('refuses an operation with 503 before its body arrives, and answers /health/live', async () => {
    const server = await startTiny({ inFlightMax: 1 });
    const running = server.query('{ waits }');
    await server.gate.reachedBy(1);
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(HEAD); // the body never follows
    const [data] = await once(socket, 'data');
    expect(String(data)).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 1\r\n[\s\S]*"code":"UNAVAILABLE"/);
    socket.destroy();
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    server.gate.open();
    expect((await running).status).toBe(200);
    expect((await server.query('{ hello }')).status).toBe(200);
  });

  test('refuses a message of an agent with 503', async () => {
    const server = await startTiny({ inFlightMax: 1 });
    const running = server.query('{ waits }');
    await server.gate.reachedBy(1);
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
    const send = () => fetch(`${server.url}/mcp`, { method: 'POST', headers, body });
    const refused = await send();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    server.gate.open();
    await running;
    expect((await send()).status).toBe(200);
  });

  test('refuses what a client has sent behind a refused request, answer for answer', async () => {
    const server = await startTiny({ inFlightMax: 1 });
    const running = server.query('{ waits }');
    await server.gate.reachedBy(1);
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(`${HEAD}${BODY}`.repeat(9));
    let text = '';
    for await (const part of socket) {
      text += part;
      if (text.split('"code":"UNAVAILABLE"').length > 9) break;
    }
    expect(text.match(/HTTP\/1\.1 503 /g)).toHaveLength(9);
    server.gate.open();
    await running;
    expect(server.lines.filter(({ overload }) => overload !== undefined)[0]).toMatchObject({
      overload: 'TOO_MANY_IN_FLIGHT',
    });
  });

  test.each([
    ['POST', ''],
    ['POST', 'Accept: application/graphql-response+json\r\nAuthorization: Bearer x\r\n'],
    ['POST', 'origin: https://one.example\r\n'],
    ['POST', 'Origin:  https://two.example \r\naccept:text/html\r\n'],
    ['GET', 'authorization: Bearer x\r\n'],
  ])('refuses unparsed with the bytes that parsing would give: %s %j', async (method, headers) => {
    const server = await startTiny({ inFlightMax: 1, corsOrigins: ['https://one.example'] });
    const running = server.query('{ waits }');
    await server.gate.reachedBy(1);
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const head = `${method} /graphql HTTP/1.1\r\nhost: x\r\n${headers}x-request-id: mine\r\n`;
    const request = method === 'GET' ? `${head}\r\n` : `${head}content-length: ${BODY.length}\r\n\r\n${BODY}`;
    let text = '';
    const answered = async (count: number) => {
      while (text.split('"code":"UNAVAILABLE"}}]}').length <= count) text += (await once(socket, 'data'))[0];
    };
    // of the first packet, Node parses all; then one, to know where it ends
    for (const [sent, count] of [
      [2, 2],
      [1, 3],
      [3, 6],
    ] as const) {
      socket.write(request.repeat(sent));
      await answered(count);
    }
    socket.destroy();
    server.gate.open();
    await running;
    const answers = text
      .split(/(?=HTTP\/1\.1 )/)
      .map((one) => one.replace(/(?:date|connection|keep-alive): .*\r\n/gi, ''));
    expect(answers).toHaveLength(6);
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('x-request-id: mine\r\n');
    const counted = server.lines.filter(({ overload }) => overload !== undefined);
    expect(counted.length).toBeGreaterThan(0);
  });

  test('closes connections beyond CONNECTIONS_MAX at once', async () => {
    const server = await startTiny({ connectionsMax: 1 });
    const port = Number(new URL(server.url).port);
    const first = connect(port, '127.0.0.1');
    first.write('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(first, 'data');
    const second = connect(port, '127.0.0.1');
    second.on('error', () => {});
    await once(second, 'close');
    first.destroy();
  });
});

describe('completeRequests', () => {
  const request = (head: string, body = '') => `${head}\r\n\r\n${body}`;
  const plain = request('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 2', '{}');

  test.each([
    ['nothing of an unfinished head', 'POST /graphql HTTP/1.1\r\nhost: x', 0],
    ['nothing of an unfinished body', plain.slice(0, -1), 0],
    ['complete requests, before an unfinished one', `${plain}${plain}${plain.slice(0, 20)}`, 2],
    ['a GET', request('GET /graphql?query={hello} HTTP/1.1\r\nhost: x'), 1],
    ['no other path', `${plain}${request('GET /health/live HTTP/1.1\r\nhost: x')}`, 1],
    ['no path that begins alike', request('GET /graphqlish HTTP/1.1\r\nhost: x'), 0],
    ['no chunked body', request('POST /graphql HTTP/1.1\r\nTransfer-Encoding: chunked', '0\r\n\r\n'), 0],
    ['no two lengths', request('POST /graphql HTTP/1.1\r\ncontent-length: 2\r\nContent-Length: 2', '{}'), 0],
    ['no list of lengths', request('POST /graphql HTTP/1.1\r\ncontent-length: 2, 2', '{}'), 0],
    ['no folded line', request('POST /graphql HTTP/1.1\r\nx: y\r\n content-length: 2', '{}'), 0],
    ['no name with a blank', request('POST /graphql HTTP/1.1\r\ncontent-length : 2', '{}'), 0],
    ['nothing that ends the connection', request('GET /graphql HTTP/1.1\r\nconnection: close'), 0],
    ['no other version', request('GET /graphql HTTP/1.0\r\nhost: x'), 0],
  ])('finds %s', (_what, bytes, count) => {
    expect(completeRequests(Buffer.from(bytes)).heads).toHaveLength(count);
  });
});
