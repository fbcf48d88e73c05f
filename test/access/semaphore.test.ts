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
  await expect(semaphore.run(work(5))).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfter: 1 });
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

test('tasks of different clients take turns, and no client fills the queue', async () => {
  const semaphore = createSemaphore({ atOnce: 1, waitingMax: 5, waitingMaxEach: 3 });
  const begun: string[] = [];
  const work = (name: string) => async () => {
    begun.push(name);
  };
  const run = (by: string, n: number) => semaphore.run(work(`${by}${n}`), by);
  const shed = { status: 'rejected', reason: { code: 'UNAVAILABLE' } };
  const results = await Promise.allSettled([
    ...[0, 1, 2, 3, 4].map((n) => run('a', n)),
    ...[0, 1, 2].map((n) => run('b', n)),
  ]);
  // a0 runs at once, a4 is the fourth of its client that waits, b2 the sixth of all
  expect(begun).toEqual(['a0', 'a1', 'b0', 'a2', 'b1', 'a3']);
  expect(results[4]).toMatchObject(shed);
  expect(results[7]).toMatchObject(shed);
  await run('a', 9);
  expect(begun.at(-1)).toBe('a9');
});
