import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLimiter, type Limiter } from '../../src/access/limiter.ts';
import { openRedisStores, type RedisStores } from '../../src/api/limits/redis-store.ts';
import { hasRedis, redisTitle, startRedis, type TestRedis } from '../support/redis.ts';

const TEN = { points: 10, perSeconds: 60 };

function countsExactly(limiterOf: () => Limiter): void {
  const left = async (key: string) => (await limiterOf().left('writing', key, TEN)).left;

  test('consumes points while any are left, and reports what is left', async () => {
    const first = await limiterOf().consume('writing', 'ada', TEN, 4);
    expect(first).toMatchObject({ ...TEN, left: 6 });
    expect(first.resetsInMs).toBeGreaterThan(50_000);
    expect((await limiterOf().consume('writing', 'ada', TEN, 6)).left).toBe(0);
    await expect(limiterOf().consume('writing', 'ada', TEN)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('consumes nothing if it refuses', async () => {
    await limiterOf().consume('writing', 'ben', TEN, 4);
    for (const points of [7, 100]) {
      await expect(limiterOf().consume('writing', 'ben', TEN, points)).rejects.toMatchObject({
        code: 'RATE_LIMITED',
        retryAfter: expect.any(Number),
      });
    }
    expect(await left('ben')).toBe(6);
  });

  test('keeps keys and allowances apart', async () => {
    await limiterOf().consume('writing', 'cleo', TEN, 10);
    expect(await left('dan')).toBe(10);
    expect((await limiterOf().left('voting', 'cleo', TEN)).left).toBe(10);
  });

  test('refunds a point', async () => {
    await limiterOf().consume('writing', 'eve', TEN, 2);
    await limiterOf().refund('writing', 'eve', TEN);
    expect(await left('eve')).toBe(9);
  });

  test('accepts exactly as many requests at once as there are points', async () => {
    const attempts = Array.from({ length: 40 }, () => limiterOf().consume('writing', 'fred', TEN));
    const ended = await Promise.allSettled(attempts);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });
}

describe('a limiter in memory', () => {
  const limiter = createLimiter();
  countsExactly(() => limiter);
});

describe.skipIf(!hasRedis)(redisTitle('a limiter in Redis'), () => {
  let redis: TestRedis;
  let stores: RedisStores;
  let limiter: Limiter;
  beforeAll(async () => {
    redis = await startRedis();
    const told: unknown[] = [];
    stores = openRedisStores(redis.url, (away) => told.push(away));
    limiter = createLimiter(stores.makeStore);
    // the connection is made in the background: until then memory counts
    for (let n = 0; ; n++) {
      await limiter.consume('warm-up', `${n}`, TEN);
      const other = openRedisStores(redis.url, () => {});
      const seen = await createLimiter(other.makeStore).left('warm-up', `${n}`, TEN);
      await new Promise((resolve) => setTimeout(resolve, 50));
      const again = await createLimiter(other.makeStore).left('warm-up', `${n}`, TEN);
      await other.close();
      if (seen.left === 9 || again.left === 9) break;
    }
    expect(told).toEqual([]);
  });
  afterAll(async () => {
    await stores.close();
    await redis.stop();
  });
  countsExactly(() => limiter);
});
