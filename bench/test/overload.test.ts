import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Clients } from '../clients.ts';
import { measureOverload, requestsOf, secondsUntilNormal } from '../overload.ts';
import { PARLEY } from '../programs.ts';
import { makeCopies } from '../targets.ts';
import { generateTiny, makeFolder } from './tiny.ts';

const folder = makeFolder();

test('clients tell answers from refusals, wherever the bytes are cut, and send again only when answered', async () => {
  const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nHTTP/1.1 503\r\n\r\nbody';
  const refusal = 'HTTP/1.1 503 No\r\nx: y\r\ncontent-length: 0\r\n\r\n';
  let requests = 0;
  const server = createServer((socket) => {
    socket.setNoDelay().on('data', () => {
      const next = requests++ % 2 === 0 ? answer : refusal;
      const cut = 1 + (requests % (next.length - 1));
      socket.write(next.slice(0, cut));
      setImmediate(() => socket.write(next.slice(cut)));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const clients = await Clients.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 1);
  onTestFinished(() => {
    clients.close();
    server.close();
  });
  const answers = await clients.oneByOne(() => 'x', 0.2);
  expect(answers).toHaveLength(requests);
  expect(answers.every(({ status }, n) => status === (n % 2 === 0 ? 200 : 503))).toBe(true);
});

test('a server is normal again from the first window in which nothing is refused and most answers are fast', () => {
  const answers = Array.from({ length: 400 }, (_, n) => ({
    at: 10 * n + 5,
    status: n === 60 ? 503 : 200,
    ms: n < 120 ? 9 : 1,
  }));
  expect(secondsUntilNormal(answers, 0, 10)).toBe(0.75);
  expect(secondsUntilNormal(answers, 0, 5)).toBe(1.25);
  expect(secondsUntilNormal([], 0, 5)).toBe(4);
});

test('five times the capacity is measured, with writes that are each another one', async () => {
  const copies = await makeCopies(await generateTiny(path.join(folder, 'forum.db'), 3));
  const votes = requestsOf({ program: PARLEY }, 'setVote', copies.targets);
  const sent = Array.from({ length: 3 * copies.targets.workload.setVote.length }, votes);
  expect(new Set(sent).size).toBe(sent.length);

  const printed: string[] = [];
  const options = { part: 'overload', rounds: 1, seconds: 0.5, only: ['setVote'] } as const;
  const rest = { peers: false, write: false, help: false, size: 'tiny' } as const;
  await measureOverload({
    copies,
    options: { ...options, ...rest, only: [...options.only] },
    print: (text) => printed.push(text),
  });
  const rows = printed
    .join()
    .split('\n')
    .filter((line) => line.startsWith('| setVote '));
  expect(rows).toEqual([expect.stringMatching(/^\| setVote( \| \d+(\.\d+)?){12} \|$/)]);
}, 300_000);
