import { afterAll, beforeEach, expect, test } from 'vitest';
import { unavailable } from '../../src/access/errors.ts';
import { NO_LIMITS } from '../../src/access/limiter.ts';
import { createDiffs } from '../../src/text/cached-diffs.ts';
import { createWorkerPool, type WorkerPool } from '../../src/text/worker-pool.ts';

const pool = createWorkerPool();
afterAll(() => pool.close());

let tasks = 0;
/** The pool, with its tasks counted. */
const counted: Pick<WorkerPool, 'run'> = {
  run: (...task) => {
    tasks++;
    return pool.run(...task);
  },
};
beforeEach(() => {
  tasks = 0;
});

const ada = { countedAs: 'viewer ada', limiter: NO_LIMITS };
const ben = { countedAs: 'viewer ben', limiter: NO_LIMITS };
const before = 'one two three '.repeat(100);
const after = `${before}four`;
const DIFF = [
  { kind: 'SAME', text: before },
  { kind: 'ADDED', text: 'four' },
];

test('a diff of long texts is computed in a thread once, for all who ask at once or later', async () => {
  const diffs = createDiffs(counted);
  const asked = await Promise.all([ada, ben, ada].map((client) => diffs(client, before, after)));
  expect(asked).toEqual([DIFF, DIFF, DIFF]);
  expect(await diffs(ben, before, after)).toEqual(DIFF);
  expect(tasks).toBe(1);
});

test('other texts get another diff, also if they join to the same text', async () => {
  const diffs = createDiffs(counted);
  await diffs(ada, before, after);
  expect(await diffs(ada, `${before}one`, ` two ${after}`)).not.toEqual(DIFF);
  await diffs(ada, `${before}one `, `two ${after}`);
  expect(tasks).toBe(3);
});

test('cached diffs are bounded in bytes: the one that was used last stays', async () => {
  const diffs = createDiffs(counted, 2 * before.length + 1_000);
  await diffs(ada, before, after);
  await diffs(ada, before, `${before}five`);
  expect(tasks).toBe(2);
  await diffs(ada, before, `${before}five`);
  expect(tasks).toBe(2);
  await diffs(ada, before, after);
  expect(tasks).toBe(3);
});

test('a client that is refused takes nobody with it who asked for the same diff', async () => {
  const refusing: Pick<WorkerPool, 'run'> = {
    run: async (...task) => {
      if (task[0] === ada) throw unavailable('The server is busy.', 1);
      return pool.run(...task);
    },
  };
  const diffs = createDiffs(refusing);
  const [first, second] = await Promise.allSettled([diffs(ada, before, after), diffs(ben, before, after)]);
  expect(first).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } });
  expect(second).toEqual({ status: 'fulfilled', value: DIFF });
});

test('short texts and first revisions need no thread', async () => {
  const diffs = createDiffs(counted);
  expect(await diffs(ada, '', after)).toEqual([{ kind: 'ADDED', text: after }]);
  expect(await diffs(ada, 'It is so.', 'It was so.')).toEqual([
    { kind: 'SAME', text: 'It ' },
    { kind: 'REMOVED', text: 'is' },
    { kind: 'ADDED', text: 'was' },
    { kind: 'SAME', text: ' so.' },
  ]);
  expect(tasks).toBe(0);
});
