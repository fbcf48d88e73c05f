import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openRedisBus } from '../../src/cache/redis-bus.ts';
import type { TouchBus } from '../../src/cache/response-cache.ts';
import type { Touched } from '../../src/store/index.ts';
import { hasRedis, redisTitle, startRedis, type TestRedis } from '../support/redis.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!hasRedis)(redisTitle('instances that tell each other through Redis'), () => {
  let redis: TestRedis;
  /** The way of the instances in `far` to Redis. */
  let way: TcpProxy;
  let buses: TouchBus[];
  beforeEach(async () => {
    redis = await startRedis();
    way = await openTcpProxy(Number(new URL(redis.url).port));
    buses = [];
  });
  afterEach(async () => {
    await Promise.all(buses.map((bus) => bus.close()));
    await way.close();
    await redis.stop();
  });

  const open = (url: string, onChange: (away: Error | null) => void = () => {}) => {
    const bus = openRedisBus(url, onChange, 0);
    buses.push(bus);
    return bus;
  };
  const near = () => open(redis.url);
  const far = (onChange?: (away: Error | null) => void) => open(`redis://127.0.0.1:${way.port}`, onChange);
  const until = async (isSo: () => boolean | Promise<boolean>) => {
    while (!(await isSo())) await sleep(20);
  };
  const connected = () => until(() => buses.every((bus) => bus.isConnected));

  test('tell all that was touched, though more is touched while they catch up', async () => {
    const [one, other] = [far(), near()];
    const heard = new Set<string>();
    let toldBefore = 0;
    let published = 0;
    const hear = (touched: Touched) => {
      if (touched === 'ALL') toldBefore = Math.max(toldBefore, published);
      else for (const mark of touched.keys()) heard.add(mark);
    };
    await connected();
    other.subscribe(hear);
    const writes: Promise<void>[] = [];
    const writeFor = async (ms: number) => {
      for (const end = performance.now() + ms; performance.now() < end; await sleep(1))
        writes.push(one.publish(new Map([[`write ${published++}`, []]])));
    };
    way.hold();
    await writeFor(1000);
    way.release();
    await writeFor(2000);
    await Promise.all(writes);
    await connected();
    // ALL covers what was published before it was said, which is at most what there was when it was heard
    const missed = Array.from({ length: published - toldBefore }, (_, i) => `write ${toldBefore + i}`);
    expect(missed.filter((mark) => !heard.has(mark))).toEqual([]);
    expect(missed.length).toBeGreaterThan(0);
  });

  test('are heard by one that was there before Redis was', async () => {
    await redis.stop();
    const one = near();
    await sleep(300);
    await redis.start();
    await until(() => one.hasHeardAll());
  });

  test('are trusted by a new one only when all are heard whom Redis knows', async () => {
    const lost = far();
    await connected();
    await way.cut();
    const fresh = near();
    await sleep(2000);
    expect([fresh.isConnected, await fresh.hasHeardAll()]).toEqual([false, false]);
    await way.mend();
    await until(() => fresh.hasHeardAll());
    await lost.close();
    // nobody waits for one that has said that it leaves, which would be for ten minutes
    await sleep(1500);
    await until(() => fresh.hasHeardAll());
  });

  test('give up a connection that leads nowhere, and say so', async () => {
    const changes: (Error | null)[] = [];
    const one = far((away) => changes.push(away));
    await connected();
    way.hold();
    await until(() => changes.length > 0);
    await until(() => one.isConnected);
    expect(changes).toEqual([expect.objectContaining({ message: 'Redis does not answer.' }), null]);
  });

  test('miss everything with a message that they do not understand, and go on', async () => {
    const one = near();
    await connected();
    const told: Touched[] = [];
    one.subscribe((touched) => told.push(touched));
    const stranger = createClient({ url: redis.url });
    await stranger.connect();
    await stranger.publish('parley:touched:0', 'hello');
    await until(() => told.length > 0);
    stranger.destroy();
    expect(told[0]).toBe('ALL');
    await until(() => one.hasHeardAll());
  });

  test('of which one may not listen trust nothing, and try again without haste', async () => {
    const admin = createClient({ url: redis.url });
    await admin.connect();
    await admin.sendCommand(['ACL', 'SETUSER', 'default', '-subscribe']);
    const connections = async () =>
      Number(/total_connections_received:(\d+)/.exec(await admin.info('stats'))?.[1]);
    const one = near();
    const before = await connections();
    await sleep(2500);
    expect((await connections()) - before).toBeLessThan(10);
    expect([one.isConnected, await one.hasHeardAll()]).toEqual([false, false]);
    await admin.sendCommand(['ACL', 'SETUSER', 'default', '+subscribe']);
    admin.destroy();
    await until(() => one.hasHeardAll());
  });

  test('of two forums in two databases of a Redis are apart', async () => {
    const [one, other] = [near(), open(`${redis.url}/1`)];
    await connected();
    const told: Touched[] = [];
    other.subscribe((touched) => told.push(touched));
    await one.publish(new Map([['a', []]]));
    await sleep(700);
    expect(told).toEqual([]);
    for (const bus of [one, other]) await until(() => bus.hasHeardAll());
  });
});
