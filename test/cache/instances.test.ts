import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InvalidationChannel, openInvalidationChannel } from '../../src/cache/invalidation-channel.ts';
import { redisTransport } from '../../src/cache/redis-transport.ts';
import type { OpenTransport } from '../../src/store/index.ts';
import { type Database, openDatabase } from '../../src/store/index.ts';
import { openNotifications } from '../../src/store/postgres/notifications.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { postgresTitle, postgresUrl } from '../support/postgres.ts';
import { hasRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { type CachingServer, startCaching } from './caching-server.ts';

const TITLE = 'query ($id: ID!) { discussion(id: $id) { title netUpvotes } }';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (isSo: () => boolean | Promise<boolean>) => {
  while (!(await isSo())) await sleep(20);
};

const missing = hasRedis ? '' : ' (skipped: there is no redis-server on this machine)';

for (const over of ['Redis', 'NOTIFY'] as const) {
  const isThere = postgresUrl() !== null && (over === 'NOTIFY' || hasRedis);
  const title = postgresTitle(`cached answers of several instances, over ${over}`);
  describe.skipIf(!isThere)(over === 'Redis' ? `${title}${missing}` : title, () => {
    let redis: TestRedis | null = null;
    /** The way of each instance's channel. */
    let ways: TcpProxy[];
    let forum: Forum;
    let db: Database;
    let channels: InvalidationChannel[];
    let one: CachingServer;
    let other: CachingServer;
    const transport = (port?: number) => {
      const url = new URL(redis?.url ?? forum.databaseUrl);
      if (port !== undefined) url.port = String(port);
      const open: OpenTransport = (events) => openNotifications(url.href, events);
      return redis ? redisTransport(url.href, () => {}) : open;
    };
    beforeAll(async () => {
      forum = await openForum('postgres', 'empty');
      redis = over === 'Redis' ? await startRedis() : null;
      const port = Number(new URL(redis?.url ?? forum.databaseUrl).port);
      ways = await Promise.all([1, 2].map(() => openTcpProxy(port)));
      channels = ways.map((way) => openInvalidationChannel(transport(way.port)));
      db = await openDatabase(forum.databaseUrl);
      one = await startCaching(forum.db, channels[0]);
      other = await startCaching(db, channels[1]);
      await connected();
    });
    afterAll(async () => {
      await Promise.all([one, other].map((server) => server.close()));
      await Promise.all(channels.map((channel) => channel.close()));
      await db.close();
      await Promise.all(ways.map((way) => way.close()));
      await forum.close();
      await redis?.stop();
    });
    const connected = () => until(() => channels.every((channel) => channel.isConnected));
    const start = async (): Promise<{ id: string }> => {
      const input = { title: 'Shared', body: 'B' };
      const { data } = await forum.as('ada').do('createDiscussion', input, 'discussion { id }');
      return { id: data.createDiscussion.discussion.id };
    };
    const vote = (subjectId: string, direction: string) =>
      forum.as('ben').do('setVote', { subjectId, direction }, 'subject { netUpvotes }');
    const isVoted = async (server: CachingServer, subject: object) =>
      (await server.ask(TITLE, subject)).text.includes('"netUpvotes":1');

    test('stay longer than a second, and go when another instance has written', async () => {
      const subject = await start();
      await sleep(1000); // what its creation invalidates has arrived
      await other.ask(TITLE, subject);
      await sleep(1500);
      expect((await other.ask(TITLE, subject)).statements).toBe(0);
      await vote(subject.id, 'UP');
      expect(await isVoted(one, subject)).toBe(true);
      await until(() => isVoted(other, subject));
    });

    test.each([0, 1])(
      'stay for a second at most while instance %i is cut off, and what it missed goes',
      async (n) => {
        await connected();
        const subject = await start();
        await other.ask(TITLE, subject);
        await ways[n]?.cut();
        const startedAt = performance.now();
        expect((await vote(subject.id, 'UP')).errors).toBeUndefined();
        await until(() => isVoted(other, subject));
        // a second, and what a busy machine takes
        expect(performance.now() - startedAt).toBeLessThan(4_000);
        await ways[n]?.mend();
        await connected();
        await vote(subject.id, 'NONE');
        await until(async () => !(await isVoted(other, subject)));
      },
    );

    test('go when a command has written', async () => {
      await connected();
      const subject = await start();
      await other.ask(TITLE, subject);
      const command = openInvalidationChannel(transport());
      const commandDb = await openDatabase(forum.databaseUrl);
      commandDb.onCommit(command.publish);
      await commandDb.write((tx) => tx.discussion.updateMany({ data: { title: 'Renamed' } }));
      await commandDb.close();
      expect(await command.close()).toBe(true);
      await until(async () => (await other.ask(TITLE, subject)).text.includes('"Renamed"'));
    });
  });
}
