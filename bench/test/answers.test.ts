import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparable, differenceOf } from '../equality.ts';
import { oneByOne, openFiles } from '../floor/files.ts';
import { createFloor, floorOperations } from '../floor/server.ts';
import { type Ask, floorBody, OPERATIONS, type Operation, type Variables } from '../queries.ts';
import { openDatabase } from '../server-sources.ts';
import { countOurStatements } from '../statements.ts';
import { again, type Copies, chooseTargets, makeCopies, type Targets } from '../targets.ts';
import { type Answering, floorOn, peerOn, serverOn } from './answering.ts';
import { examine } from './sources.ts';
import { generateTiny, makeFolder } from './tiny.ts';

const WRITES = 40;
const folder = makeFolder();
let copies: Copies;
let targets: Targets;
let forum: BetterSqlite3.Database;
let server: Answering;
const others: { name: string; file: string; answering: Answering }[] = [];

beforeAll(async () => {
  await generateTiny(folder.file('forum'), 1);
  copies = await makeCopies(folder.file('forum'));
  ({ targets } = copies);
  forum = new BetterSqlite3(copies.file, { readonly: true });
  server = await serverOn(`file:${copies.another()}`);
  for (const [name, open] of Object.entries({ floor: floorOn, peer: peerOn })) {
    const file = copies.another();
    others.push({ name, file, answering: open(file) });
  }
});

afterAll(async () => {
  await Promise.all([server, ...others.map(({ answering }) => answering)].map((one) => one.close()));
  forum.close();
  copies.remove();
  folder.remove();
});

/** Every page of the forum; of writes, some three times, each vote being another one than before. */
function asksOf(operation: Operation): Ask[] {
  if (operation === 'listPage') return [...targets.workload.listPage];
  if (operation === 'threadPage') {
    const ids = forum.prepare<[], string>('SELECT id FROM discussion').pluck().all();
    return ids.map((id) => ({ variables: { id: `D_${id}` } }));
  }
  const some = targets.workload[operation].slice(0, WRITES);
  return [...some, ...again(some, 1), ...some];
}

describe('the floor and the hand-written peers', () => {
  test.each(OPERATIONS)(
    'answer %s byte for byte as the server does, ids and times of new rows aside',
    async (operation) => {
      const asks = asksOf(operation);
      const compared = (text: string) => comparable(operation, text);
      for (const ask of asks) {
        const expected = compared(await server.answer(operation, ask));
        for (const { answering } of others)
          expect(differenceOf(compared(await answering.answer(operation, ask)), expected)).toBeNull();
      }
      expect(asks.length).toBeGreaterThan(1);
    },
  );

  test('leave every counter as the doctor counts it after their writes', async () => {
    for (const { file } of others) {
      const db = await openDatabase(`file:${file}`);
      const { comments, findings } = await examine(db, { fix: false, rendering: false });
      await db.close();
      expect({ comments, findings }).toEqual({ comments: 3_000 + 3 * WRITES, findings: 0 });
    }
  });
});

describe('the floor', () => {
  test.each(['together', 'oneByOne'])('answers over HTTP what its operations answer: %s', async (how) => {
    const files = openFiles(copies.another());
    const other = floorOn(copies.another());
    const commits = how === 'oneByOne' ? oneByOne(files.writer) : undefined;
    const floor = createFloor(floorOperations(files, commits)).listen(0, '127.0.0.1');
    await once(floor, 'listening');
    const url = `http://127.0.0.1:${(floor.address() as AddressInfo).port}/`;
    for (const operation of OPERATIONS) {
      const [ask = { variables: {} }] = targets.workload[operation];
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${ask.token}` },
        body: floorBody(operation, ask.variables),
      });
      const expected = comparable(operation, await other.answer(operation, ask));
      expect(comparable(operation, await response.text())).toBe(expected);
    }
    expect((await fetch(url)).status).toBe(405);
    floor.close();
    floor.closeAllConnections();
    files.close();
    await other.close();
  });

  test('undoes a write that fails and keeps those that shared its commit', async () => {
    const file = copies.another();
    const floor = floorOn(file);
    const [one, two, three] = targets.workload.addComment as [Ask, Ask, Ask];
    const nowhere = { ...two, variables: { input: { discussionId: 'D_none', body: 'Lost.' } } };
    const all = [one, nowhere, three].map((ask) => floor.answer('addComment', ask));
    const settled = await Promise.allSettled(all);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await floor.close();
    const db = new BetterSqlite3(file, { readonly: true });
    expect(db.prepare('SELECT count(*) FROM comment').pluck().get()).toBe(3_002);
    db.close();
  });
});

describe('the comparison of answers', () => {
  test('names the place where they differ', () => {
    expect(differenceOf('{"data":{"a":1}}', '{"data":{"a":2}}')).toContain('at character 13');
  });

  test('takes two equal answers without data for a fault', () => {
    expect(differenceOf('{"data":null}', '{"data":null}')).toBe('both answer {"data":null}');
  });
});

describe('the workload', () => {
  test('is chosen alike each time, and asks for the largest thread and for threads of twenty comments', () => {
    const tokens = targets.hotVotes.map(({ token = '' }) => token);
    expect(chooseTargets(copies.file, tokens)).toEqual(targets);
    expect(targets.workload.threadPage).toHaveLength(5_000);
    expect(targets.workload.listPage).toHaveLength(3);
    const commentsOf = ({ id = '' }: Variables) =>
      forum.prepare('SELECT comment_count FROM discussion WHERE id = ?').pluck().get(id.slice(2));
    const most = forum.prepare('SELECT max(comment_count) FROM discussion').pluck().get();
    expect(commentsOf(targets.largestThread)).toBe(most);
    expect(targets.shortThreads.map(commentsOf)).toEqual(targets.shortThreads.map(() => 20));
  });

  test('runs as many statements for the largest thread as for those of twenty comments that show most', async () => {
    const count = (variables: Variables) =>
      countOurStatements(`file:${copies.file}`, 'threadPage', { variables });
    const counts = await Promise.all(targets.shortThreads.map(count));
    expect(await count(targets.largestThread)).toBe(Math.max(...counts));
  });
});
