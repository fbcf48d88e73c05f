import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examine, type Finding } from '../../src/operations/doctor/index.ts';
import { postgresTitle, postgresUrl } from '../../test/support/postgres.ts';
import { assertSameAnswers, differenceOf } from '../equality.ts';
import { countRows } from '../generate/file.ts';
import { moveToServer } from '../postgres.ts';
import { buildPrograms, FLOOR, ON_POSTGRES, OURS, PARLEY, PEERS } from '../programs.ts';
import { type Ask, OPERATIONS, type Operation } from '../queries.ts';
import { openDatabase } from '../server-sources.ts';
import { type Server, start, startAll, stopAll } from '../servers.ts';
import { again, type Copies, chooseTargets, makeCopies } from '../targets.ts';
import { countStatements } from '../workload.ts';
import { generateTiny, makeFolder } from './tiny.ts';

const WRITES = 40;
const ASKS = 3 * WRITES;
const folder = makeFolder();
const files: string[] = [];
let copies: Copies;
let servers: Server[];

beforeAll(async () => {
  copies = await makeCopies(await generateTiny(path.join(folder, 'forum.db'), 1));
  await buildPrograms();
  const another = () => files[files.push(copies.another()) - 1] as string;
  servers = await startAll([...OURS, ...PEERS], another);
}, 300_000);

afterAll(() => stopAll(servers));

/** Most pages of the forum; of writes, three passes, so that each vote is another one than before. */
function asksOf(operation: Operation): readonly Ask[] {
  const asks = copies.targets.workload[operation];
  const some = asks.slice(0, WRITES);
  return operation.endsWith('Page') ? asks.slice(0, 200) : [...some, ...again(some, 1), ...some];
}

/** Compares the answers of the servers that take an operation. Returns how many they are. */
async function compare(among: readonly Server[], operation: Operation): Promise<number> {
  const takers = among.filter(({ program }) => program.takes(operation));
  await assertSameAnswers(takers, operation, asksOf(operation));
  return takers.length;
}

describe('every server that is measured', () => {
  test.each(OPERATIONS)(
    'answers %s byte for byte as the others, ids and times of new rows aside',
    async (one) => {
      // the floor without search adds comments alone
      expect(await compare(servers, one)).toBe(one === 'addComment' ? 7 : 6);
    },
  );

  test('leaves every counter as the doctor counts it after its writes', async () => {
    const comments = countRows(copies.file, 'comment');
    for (const [i, { program }] of servers.entries()) {
      const db = await openDatabase(`file:${files[i]}`);
      const kinds: string[] = [];
      const onFinding = ({ kind }: Finding) => kinds.push(kind);
      const examined = await examine(db, { fix: false, rendering: false, onFinding });
      await db.close();
      const added = program.takes('addComment') ? ASKS : 0;
      expect(examined.comments, program.name).toBe(comments + added);
      // the floor and the peers index words of their own, without an entry
      const isOurs = program.name.startsWith('parley');
      expect(kinds.filter((kind) => isOurs || kind !== 'index')).toEqual([]);
    }
  });

  test.each([FLOOR, PARLEY, ...PEERS])('runs statements that can be counted: $name', async (program) => {
    const counts = await countStatements(
      program,
      copies.another(),
      ['threadPage', 'listPage'],
      copies.targets,
    );
    expect(Math.min(...counts.values())).toBeGreaterThan(1);
  });
});

test('the floor undoes a write that fails, and keeps those that shared its commit', async () => {
  const file = copies.another();
  const floor = await start(FLOOR, file);
  const [one, two, three] = copies.targets.workload.addComment as [Ask, Ask, Ask];
  const nowhere = { ...two, variables: { input: { discussionId: 'D_none', body: 'Lost.' } } };
  const statuses = await Promise.all(
    [one, nowhere, three].map(async (ask) => {
      const headers = { authorization: `Bearer ${ask.token}` };
      return (await fetch(floor.url, { method: 'POST', headers, body: FLOOR.body('addComment', ask) }))
        .status;
    }),
  );
  await floor.stop();
  expect(statuses).toEqual([200, 500, 200]);
  expect(countRows(file, 'comment')).toBe(countRows(copies.file, 'comment') + 2);
});

test('the comparison names the place of a difference, and two equal answers without data are a fault', () => {
  expect(differenceOf('{"data":{"a":1}}', '{"data":{"a":2}}')).toContain('at character 13');
  expect(differenceOf('{"data":null}', '{"data":null}')).toBe('both answer {"data":null}');
});

test('the workload is chosen alike each time, with threads for every row of the growth check', () => {
  const { targets, file } = copies;
  expect(
    chooseTargets(
      file,
      targets.hotVotes.map(({ token = '' }) => token),
    ),
  ).toEqual(targets);
  expect(targets.workload.threadPage).toHaveLength(5_000);
  expect(targets.fullPages.length).toBeGreaterThan(0);
});

test.skipIf(postgresUrl() === null)(
  postgresTitle('the moved forum answers byte for byte as the file'),
  async () => {
    const moved = await moveToServer(copies.file, postgresUrl() ?? '');
    const both = [await start(PARLEY, copies.another()), await start(ON_POSTGRES, moved.url)];
    for (const operation of OPERATIONS) await compare(both, operation);
    expect(moved.settings).toMatch(/^PostgreSQL \d+(\.\d+)? \(fsync \w+, synchronous_commit \w+, /);
    expect(await moved.cpuSeconds()).toBeGreaterThan(0);
    await stopAll(both);
    await moved.remove();
    await expect(openDatabase(moved.url)).rejects.toThrow('does not exist');
  },
  60_000,
);
