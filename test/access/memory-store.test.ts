import { afterEach, expect, test, vi } from 'vitest';
import { createLimiter } from '../../src/access/limiter.ts';
import { MemoryStore } from '../../src/access/memory-store.ts';

afterEach(() => vi.useRealTimers());

const TEN = { points: 10, perSeconds: 60 };

test('a system clock that is set back or ahead neither locks anyone out nor gives a second allowance', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const limiter = createLimiter();
  await limiter.consume('writing', 'ada', TEN, 10);
  for (const hours of [-1, 1, 24 * 40]) {
    vi.setSystemTime(Date.now() + hours * 3_600_000);
    const error = await limiter.consume('writing', 'ada', TEN).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'RATE_LIMITED' });
    expect((error as { retryAfter: number }).retryAfter).toBeLessThanOrEqual(60);
  }
});

test('an allowance is whole again when its window has ended', async () => {
  let now = 0;
  const store = new MemoryStore({ keyPrefix: 'writing', points: 10, duration: 60 }, () => now);
  await store.consume('ada', 10);
  await expect(store.consume('ada')).rejects.toMatchObject({ msBeforeNext: 60_000 });
  now = 60_000;
  expect((await store.consume('ada')).remainingPoints).toBe(9);
});
