import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, createApp } from '../../src/server/app.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { type Apps, openApps, send } from '../support/app.ts';
import { hasRedis, redisTitle, startRedis, type TestRedis } from '../support/redis.ts';

const ONE = 'mutation { createDiscussion(input: { title: "One", body: "Is it?" }) { discussion { id } } }';

describe.skipIf(!hasRedis)(redisTitle('rate limits in Redis'), () => {
  let redis: TestRedis;
  let apps: Apps;
  let one: App;
  let other: App;
  beforeAll(async () => {
    redis = await startRedis();
    apps = await openApps();
    one = await apps.open({ REDIS_URL: redis.url });
    other = await apps.open({ REDIS_URL: redis.url });
    // the connections are made in the background
    await shared('warm-up');
  });
  afterAll(async () => {
    await apps.close();
    await redis.stop();
  });

  const left = (headers: Headers) =>
    Number(/"createDiscussion";r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
  const use = async (app: App, key: string) => {
    const { status, headers } = await send(app, ONE, { key });
    return { status, left: left(headers) };
  };
  /** Resolves once two instances count together. */
  const shared = async (name: string) => {
    for (let n = 0; ; n++) {
      const key = await apps.key(`${name} ${n}`);
      await use(one, key);
      if ((await use(other, key)).left === 8) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  test('are one allowance for two servers, exact under uses at once', async () => {
    const key = await apps.key('ada');
    const used = await Promise.all(Array.from({ length: 16 }, (_, n) => use(n % 2 ? one : other, key)));
    expect(used.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(used.filter(({ status }) => status === 429)).toHaveLength(6);
  });

  test('are counted by each server while Redis is unreachable, and together again once it is back', async () => {
    const key = await apps.key('ben');
    await redis.stop();
    for (const app of [one, other]) {
      for (let n = 9; n >= 0; n--) expect(await use(app, key)).toEqual({ status: 200, left: n });
      expect((await use(app, key)).status).toBe(429);
    }
    await redis.start();
    await shared('back');
  });

  test('fail no request while Redis takes connections and does not answer', async () => {
    const key = await apps.key('cleo');
    redis.freeze();
    expect(await use(one, key)).toEqual({ status: 200, left: 9 });
    redis.thaw();
    await shared('thawed');
  });

  test('hold up neither the start nor the stop of a server whose Redis never was there', async () => {
    const app = await apps.open({ REDIS_URL: 'redis://127.0.0.1:9' });
    expect((await use(app, await apps.key('dan'))).status).toBe(200);
    await app.close();
  });
});

test('a server whose database cannot be had leaves no connection to Redis behind', async () => {
  const sockets = new Set<Socket>();
  let came = 0;
  const listener = createServer((socket) => {
    came++;
    sockets.add(socket.resume());
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const settings = {
    REDIS_URL: `redis://127.0.0.1:${port}`,
    DATABASE_URL: 'postgresql://me@127.0.0.1:9/none',
  };
  const start = createApp(readSettings({ PORT: '0', LOG_LEVEL: 'silent', ...settings }));
  await expect(start).rejects.toThrow('cannot be reached');
  while (sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  // none comes again
  const before = came;
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(came).toBe(before);
  listener.close();
});
