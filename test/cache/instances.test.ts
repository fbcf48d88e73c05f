import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRedisBus } from '../../src/cache/redis-bus.ts';
import { openRedisTeller } from '../../src/cache/redis-teller.ts';
import type { TouchBus } from '../../src/cache/response-cache.ts';
import { openDatabase } from '../../src/store/index.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { postgresUrl } from '../support/postgres.ts';
import { hasRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { type ReusingServer, startReusing } from './caching-server.ts';

const TITLE = 'query ($id: ID!) { discussion(id: $id) { title netUpvotes } }';
const MINE = `query ($id: ID!) { discussion(id: $id) { title viewerVote netUpvotes author { name }
  comments(first: 5) { nodes { body author { name } } } } }`;
const isMissing = !hasRedis || postgresUrl() === null;
const title = isMissing ? ' (skipped: there is no redis-server, or no PostgreSQL server)' : '';

describe.skipIf(isMissing)(`answers given again by several instances${title}`, () => {
  let redis: TestRedis;
  /** The way of each to Redis. */
  let ways: TcpProxy[];
  let forum: Forum;
  let buses: TouchBus[];
  let one: ReusingServer;
  let other: ReusingServer;
  let closeOther: () => Promise<void>;
  beforeAll(async () => {
    redis = await startRedis();
    forum = await openForum('postgres', 'empty');
    const { port } = new URL(redis.url);
    ways = await Promise.all([1, 2].map(() => openTcpProxy(Number(port))));
    buses = ways.map((way) => openRedisBus(`redis://127.0.0.1:${way.port}`, () => {}, 0));
    const db = await openDatabase(forum.databaseUrl);
    one = await startReusing(forum.db, buses[0]);
    other = await startReusing(db, buses[1]);
    closeOther = () => db.close();
    await until(() => buses.every((bus) => bus.isConnected));
  });
  afterAll(async () => {
    await Promise.all([one, other].map((server) => server.close()));
    await Promise.all(buses.map((bus) => bus.close()));
    await closeOther();
    await forum.close();
    await Promise.all(ways.map((way) => way.close()));
    await redis.stop();
  });

  const until = async (isSo: () => boolean | Promise<boolean>) => {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const start = async (): Promise<{ id: string }> => {
    const input = { title: 'Shared', body: 'B' };
    const { data } = await forum.as('ada').do('createDiscussion', input, 'discussion { id }');
    return { id: data.createDiscussion.discussion.id };
  };
  const vote = (subjectId: string, direction: string) =>
    forum.as('ben').do('setVote', { subjectId, direction }, 'subject { netUpvotes }');
  const isVoted = async (server: ReusingServer, subject: object) =>
    (await server.ask(TITLE, subject)).text.includes('"netUpvotes":1');

  test('are kept for longer than a second, and dropped where another instance has written', async () => {
    const subject = await start();
    await other.ask(TITLE, subject);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await other.ask(TITLE, subject)).statements).toBe(0);
    await vote(subject.id, 'UP');
    expect(await isVoted(one, subject)).toBe(true);
    await until(() => isVoted(other, subject));
  });

  test('live for a second at most while Redis is away, and what was missed meanwhile is dropped', async () => {
    const subject = await start();
    await other.ask(TITLE, subject);
    await redis.stop();
    await until(() => buses.every((bus) => !bus.isConnected));
    await vote(subject.id, 'UP');
    await until(() => isVoted(other, subject));
    await redis.start();
    await until(() => buses.every((bus) => bus.isConnected));
    await vote(subject.id, 'NONE');
    await until(async () => !(await isVoted(other, subject)));
  });

  test('live for a second at most while another instance is silent: its writes may not be heard', async () => {
    await until(() => buses.every((bus) => bus.isConnected));
    const third = openRedisBus(redis.url, () => {}, 0);
    await until(() => third.isConnected);
    await third.publish(new Map([['anything', []]]));
    redis.freeze();
    await until(() => !buses[1]?.isConnected);
    // nobody waits for a Redis that is silent
    const subject = await start();
    expect((await vote(subject.id, 'UP')).errors).toBeUndefined();
    redis.thaw();
    await until(() => buses.every((bus) => bus.isConnected));
    await third.close();
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(buses[1]?.isConnected).toBe(true); // it has said that it leaves
  });

  /** Asks the other one as a member until nothing is read anew but who it is and their vote. */
  const keepFor = (token: string, subject: object) =>
    until(async () => (await other.ask(MINE, subject, token)).statements === 2);
  const ownVote = async (subject: object, token: string) => {
    const { discussion } = JSON.parse((await other.ask(MINE, subject, token)).text).data;
    return [discussion.viewerVote, discussion.netUpvotes];
  };

  test('are made of what members share, and show each their own last write wherever it was made', async () => {
    await until(() => buses.every((bus) => bus.isConnected));
    const subject = await start();
    const ben = await forum.as('ben').token();
    for (let times = 0; times < 20; times++) {
      const direction = times % 2 === 0 ? 'UP' : 'NONE';
      await keepFor(ben, subject);
      await vote(subject.id, direction);
      expect(await ownVote(subject, ben)).toEqual([direction, direction === 'UP' ? 1 : 0]);
    }
  });

  test.each([
    ['is held up', async () => ways[0]?.hold(), async () => ways[0]?.release()],
    ['breaks', () => ways[0]?.cut(), () => ways[0]?.mend()],
  ])(
    'show members their own last write, though the way of who took it to Redis %s',
    async (_how, lose, regain) => {
      await until(() => buses.every((bus) => bus.isConnected));
      const subject = await start();
      const [ben, cleo] = [await forum.as('ben').token(), await forum.as('cleo').token()];
      await keepFor(ben, subject);
      await lose();
      await vote(subject.id, 'UP');
      expect(await ownVote(subject, ben)).toEqual(['UP', 1]);
      // nothing that was written meanwhile is missing when everybody is heard again
      const input = { subjectId: subject.id, direction: 'UP' };
      await forum.as('cleo').do('setVote', input, 'subject { netUpvotes }');
      expect(await ownVote(subject, cleo)).toEqual(['UP', 2]);
      // once the others know, no write waits for them: if each did, these would take longer than the test may
      for (let times = 0; times < 60; times++) await vote(subject.id, times % 2 === 0 ? 'NONE' : 'UP');
      await regain();
      await until(() => buses.every((bus) => bus.isConnected));
      expect(JSON.parse((await other.ask(TITLE, subject)).text).data.discussion.netUpvotes).toBe(2);
      await keepFor(ben, subject);
      expect(await ownVote(subject, ben)).toEqual(['UP', 2]);
    },
  );

  test('show members their own last write, though word of it comes late', async () => {
    await until(() => buses.every((bus) => bus.isConnected));
    const subject = await start();
    const ben = await forum.as('ben').token();
    await keepFor(ben, subject);
    ways[1]?.hold('subscribe');
    await vote(subject.id, 'UP');
    expect(await ownVote(subject, ben)).toEqual(['UP', 1]);
    ways[1]?.release();
    await keepFor(ben, subject);
    expect(await ownVote(subject, ben)).toEqual(['UP', 1]);
  });

  test('go when a command has written', async () => {
    await until(() => buses.every((bus) => bus.isConnected));
    const subject = await start();
    const db = await openDatabase(forum.databaseUrl);
    const teller = openRedisTeller(redis.url);
    db.onCommit(teller.tell);
    const rename = (name: string) => db.write((tx) => tx.discussion.updateMany({ data: { title: name } }));
    const isNamed = async (name: string) => (await other.ask(TITLE, subject)).text.includes(`"${name}"`);
    await rename('First');
    await until(() => isNamed('First'));
    await redis.stop();
    await rename('Second');
    await redis.start();
    await until(() => buses.every((bus) => bus.isConnected));
    await other.ask(TITLE, subject);
    expect(await teller.close()).toBe(true);
    await until(() => isNamed('Second'));
    await db.close();
    const untold = openRedisTeller('redis://127.0.0.1:1');
    await untold.tell('ALL');
    expect(await untold.close()).toBe(false);
  });
});
