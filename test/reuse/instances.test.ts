import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRedisBus } from '../../src/app/reuse/redis-bus.ts';
import type { TouchBus } from '../../src/app/reuse/reuse.ts';
import { openDatabase } from '../../src/kit/db/index.ts';
import { type Forum, openForum } from '../kit/forum.ts';
import { postgresUrl } from '../kit/postgres.ts';
import { hasRedis, startRedis, type TestRedis } from '../kit/redis.ts';
import { type ReusingServer, startReusing } from './reusing-server.ts';

const TITLE = 'query ($id: ID!) { discussion(id: $id) { title netUpvotes } }';
const isMissing = !hasRedis || postgresUrl() === null;
const title = isMissing ? ' (skipped: there is no redis-server, or no PostgreSQL server)' : '';

describe.skipIf(isMissing)(`answers given again by several instances${title}`, () => {
  let redis: TestRedis;
  let forum: Forum;
  let buses: TouchBus[];
  let one: ReusingServer;
  let other: ReusingServer;
  let closeOther: () => Promise<void>;
  beforeAll(async () => {
    redis = await startRedis();
    forum = await openForum('postgres', 'empty');
    buses = [1, 2].map(() => openRedisBus(redis.url, () => {}));
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
    const third = openRedisBus(redis.url, () => {});
    await until(() => third.isConnected);
    await third.publish(new Set(['anything']));
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
});
