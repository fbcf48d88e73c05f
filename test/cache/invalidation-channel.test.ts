import pg from 'pg';
import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type InvalidationChannel, openInvalidationChannel } from '../../src/cache/invalidation-channel.ts';
import { redisTransport } from '../../src/cache/redis-transport.ts';
import type { InvalidatedTags, OpenTransport } from '../../src/store/index.ts';
import { openNotifications } from '../../src/store/postgres/notifications.ts';
import { createPostgresDatabase, postgresTitle, postgresUrl } from '../support/postgres.ts';
import { hasRedis, redisTitle, startRedis, type TestRedis } from '../support/redis.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (isSo: () => boolean) => {
  while (!isSo()) await sleep(20);
};

/** What carries the messages in a test. */
interface Carrier {
  readonly url: string;
  transport(url: string): OpenTransport;
  /** Sends what no instance would. */
  disturb(text: string): Promise<unknown>;
  close(): Promise<void>;
}

const carriers: [string, boolean, () => Promise<Carrier>][] = [
  [
    redisTitle('Redis'),
    hasRedis,
    async () => {
      const redis = await startRedis();
      const disturb = async (text: string) => {
        const stranger = createClient({ url: redis.url });
        await stranger.connect();
        await stranger.publish('parley:invalidated:0', text);
        stranger.destroy();
      };
      const transport = (url: string) => redisTransport(url, () => {});
      return { url: redis.url, transport, disturb, close: redis.stop };
    },
  ],
  [
    postgresTitle('NOTIFY'),
    postgresUrl() !== null,
    async () => {
      const { url, drop } = await createPostgresDatabase();
      const disturb = async (text: string) => {
        const stranger = new pg.Client(url);
        await stranger.connect();
        await stranger.query('SELECT pg_notify($1, $2)', ['parley_invalidated', text]);
        await stranger.end();
      };
      return { url, transport: (to) => (events) => openNotifications(to, events), disturb, close: drop };
    },
  ],
];

for (const [title, isThere, open] of carriers) {
  describe.skipIf(!isThere)(`instances that publish over ${title}`, () => {
    let carrier: Carrier;
    /** The way of the instances in `far`. */
    let way: TcpProxy;
    let channels: InvalidationChannel[];
    beforeEach(async () => {
      carrier = await open();
      way = await openTcpProxy(Number(new URL(carrier.url).port));
      channels = [];
    });
    afterEach(async () => {
      way.release();
      await Promise.all(channels.map((channel) => channel.close()));
      await way.close();
      await carrier.close();
    });
    const near = (url = carrier.url) => {
      const channel = openInvalidationChannel(carrier.transport(url));
      channels.push(channel);
      return channel;
    };
    const far = () => {
      const url = new URL(carrier.url);
      url.port = String(way.port);
      return near(url.href);
    };
    const connected = () => until(() => channels.every((channel) => channel.isConnected));
    const received = (channel: InvalidationChannel) => {
      const all: InvalidatedTags[] = [];
      channel.subscribe((tags) => all.push(tags));
      return all;
    };

    test('receive what the others invalidate, and nothing of their own', async () => {
      const [one, other] = [near(), near()];
      await connected();
      await sleep(700); // each has seen the other
      const [ofOne, ofOther] = [received(one), received(other)];
      const tags = new Map([
        ['a', []],
        ['post@x', ['score', '*']],
      ]);
      one.publish(tags);
      await until(() => ofOther.length > 0);
      expect([ofOne, ofOther]).toEqual([[], [tags]]);
    });

    test('say that everything is invalidated where it would be too long to say what', async () => {
      const [one, other] = [near(), near()];
      await connected();
      await sleep(700);
      const all = received(other);
      one.publish(new Map(Array.from({ length: 10_000 }, (_, n) => [`a row number ${n}`, []])));
      await until(() => all.length > 0);
      expect(all).toEqual(['ALL']);
    });

    test.each<[string, () => unknown, () => unknown]>([
      ['breaks', () => way.cut(), () => way.mend()],
      ['is held up', () => way.hold(), () => way.release()],
    ])(
      'are sure of nothing within a second after the way of one %s, and drop everything when it is back',
      async (_how, lose, regain) => {
        const [lost, other] = [far(), near()];
        await connected();
        await sleep(700);
        await lose();
        const lostAt = performance.now();
        await until(() => channels.every((channel) => !channel.isConnected));
        // a busy machine may be late itself
        expect(performance.now() - lostAt).toBeLessThan(3_000);
        lost.publish(new Map([['a', []]]));
        const all = channels.map(received);
        await sleep(500);
        await regain();
        await connected();
        for (const one of all) expect(one).toContain('ALL');
        expect(other.isConnected).toBe(true);
      },
    );

    test('do not wait for one that has stopped', async () => {
      const [one, other] = [near(), near()];
      await connected();
      await sleep(700);
      expect(await other.close()).toBe(true);
      channels.pop();
      await sleep(1500);
      expect(one.isConnected).toBe(true);
    });

    test('drop everything with a message that they do not understand, and go on', async () => {
      const one = near();
      await connected();
      const all = received(one);
      await carrier.disturb('hello');
      await until(() => all.length > 0);
      expect(all).toEqual(['ALL']);
      await connected();
    });

    test('say at the end what could not be sent before, and whether that was possible', async () => {
      const other = near();
      await connected();
      const early = near();
      early.publish(new Map([['before it is connected', []]]));
      const all = received(other);
      expect(await early.close()).toBe(true);
      channels.pop();
      await until(() => all.length > 0);
      expect(all).toContain('ALL');
      await way.cut();
      const never = far();
      never.publish('ALL');
      expect(await never.close()).toBe(false);
      channels.pop();
      const silent = far();
      expect(await silent.close()).toBe(true);
      channels.pop();
      await way.mend();
    });
  });
}

describe.skipIf(!hasRedis)(redisTitle('over Redis, instances'), () => {
  let redis: TestRedis;
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(() => redis.stop());
  const open = (url: string) => openInvalidationChannel(redisTransport(url, () => {}));

  test('of two forums in two databases are apart', async () => {
    const [one, other] = [open(redis.url), open(`${redis.url}/1`)];
    await until(() => one.isConnected && other.isConnected);
    const all: InvalidatedTags[] = [];
    other.subscribe((tags) => all.push(tags));
    one.publish(new Map([['a', []]]));
    await sleep(700);
    expect(all).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  test('that may not subscribe are never sure, and try again without haste', async () => {
    const admin = createClient({ url: redis.url });
    await admin.connect();
    await admin.sendCommand(['ACL', 'SETUSER', 'default', '-subscribe']);
    const connections = async () =>
      Number(/total_connections_received:(\d+)/.exec(await admin.info('stats'))?.[1]);
    const one = open(redis.url);
    const before = await connections();
    await sleep(2500);
    expect((await connections()) - before).toBeLessThan(10);
    expect(one.isConnected).toBe(false);
    await admin.sendCommand(['ACL', 'SETUSER', 'default', '+subscribe']);
    admin.destroy();
    await until(() => one.isConnected);
    await one.close();
  });
});
