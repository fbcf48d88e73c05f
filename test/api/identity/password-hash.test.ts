import { stat } from 'node:fs/promises';
import { hash } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { isPassword } from '../../../src/identity/password-hash.ts';
import { openForum } from '../../support/forum.ts';
import { newcomer, PASSWORD } from './account-rows.ts';

test('keeps the event loop and the threads free for others while sixty passwords are hashed', async () => {
  const forum = await openForum('sqlite', 'empty');
  const { email } = await newcomer(forum);
  const signIn = () => forum.do('signIn', { email, password: 'not my password' }, 'token');
  let ticks = 0;
  let looks = 0;
  let isOver = false;
  const tick = () => {
    ticks++;
    if (!isOver) setImmediate(tick);
  };
  const look = async () => {
    while (!isOver) {
      await stat('.');
      looks++;
    }
  };
  tick();
  const looking = look();
  await Promise.all(Array.from({ length: 60 }, signIn));
  isOver = true;
  await looking;
  await forum.close();
  // a loop that hashes itself would turn once a hash, and a full pool would look at a file at most once a hash
  expect(ticks).toBeGreaterThan(10 * 60);
  expect(looks).toBeGreaterThan(60);
});

test('a password costs the same processor time with and without an account', async () => {
  const stored = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const cost = async (of: string | null) => {
    const before = process.cpuUsage();
    for (let i = 0; i < 12; i++)
      expect(await isPassword({ address: '192.0.2.1' }, 'not my password', of)).toBe(false);
    return process.cpuUsage(before).user;
  };
  await cost(stored);
  const ratio = (await cost(null)) / (await cost(stored));
  expect(ratio).toBeGreaterThan(0.4);
  expect(ratio).toBeLessThan(2.5);
});

test('passwords beyond the queue are refused with UNAVAILABLE, and the others are checked', async () => {
  const stored = await hash(PASSWORD, { memoryCost: 8, timeCost: 1, parallelism: 1 });
  const hashes = (address: string, count: number) =>
    Array.from({ length: count }, () => isPassword({ address }, PASSWORD, stored));
  const results = await Promise.allSettled([...hashes('192.0.2.1', 104), ...hashes('192.0.2.2', 103)]);
  const refused = results.flatMap((result, n) => (result.status === 'rejected' ? [{ n, ...result }] : []));
  // one address has two that run and a hundred that wait, the other a hundred that wait
  expect(refused.map(({ n }) => n)).toEqual([102, 103, 204, 205, 206]);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 1 });
});
