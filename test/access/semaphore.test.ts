import { expect, test } from 'vitest';
import { createSemaphore } from '../../src/access/semaphore.ts';

test('a semaphore runs a number of tasks at once, the others in order, and refuses those beyond the queue', async () => {
  const semaphore = createSemaphore({ atOnce: 2, waitingMax: 3 });
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const work = (n: number) => async () => {
    begun.push(n);
    await new Promise<void>((resolve) => ends.push(resolve));
    return n;
  };
  const results = [0, 1, 2, 3, 4].map((n) => semaphore.run(work(n)));
  await expect(semaphore.run(work(5))).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 1 });
  expect(begun).toEqual([0, 1]);
  ends[1]?.();
  expect(await results[1]).toBe(1);
  await expect.poll(() => begun).toEqual([0, 1, 2]);
  for (let i = 0; i < 5; i++) {
    await expect.poll(() => ends.length).toBeGreaterThan(i);
    ends[i]?.();
  }
  expect(await Promise.all(results)).toEqual([0, 1, 2, 3, 4]);
});

test('a task that fails passes its place on', async () => {
  const semaphore = createSemaphore({ atOnce: 1, waitingMax: 9 });
  const failing = async () => {
    throw new Error('no');
  };
  const results = await Promise.allSettled([
    semaphore.run(failing),
    semaphore.run(failing),
    semaphore.run(async () => 7),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  expect(await semaphore.run(async () => 8)).toBe(8);
});
