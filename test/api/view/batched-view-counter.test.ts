import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BATCH_VIEWS, FLUSH_MS, UNWRITTEN_MAX } from '../../../src/forum/view/batched-view-counter.ts';
import { BatchedViewCounter } from '../../../src/forum/view/index.ts';
import { RecentViews } from '../../../src/forum/view/recent-views.ts';
import { type Database, OutcomeUnknown, statement } from '../../../src/store/index.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const sum = statement<{ views: number | null }>(
  'test.views',
  'SELECT sum(view_count) AS "views" FROM discussion_view_count',
);

describe('a batch of views', () => {
  let database: TestDatabase;
  let transactions: number;
  /** Runs in the place of a transaction's COMMIT answer. Null: it succeeds. */
  let fault: Error | null;
  let isStored: boolean;
  let faults: unknown[];
  let counter: BatchedViewCounter;
  const DISCUSSION = '01hf0000000000000000000000';

  beforeEach(async () => {
    database = await openTestDatabase('sqlite');
    const at = new Date(0);
    await database.db.write((tx) =>
      tx.discussion.create({
        data: {
          ...{
            id: DISCUSSION,
            slug: 'one',
            title: 'One?',
            titleKey: 'one',
            body: '',
            bodyHtml: '',
            bodyText: '',
          },
          ...{ createdAt: at, lastActivityAt: at },
        },
      }),
    );
    transactions = 0;
    fault = null;
    isStored = false;
    faults = [];
    const transaction: Database['transaction'] = async (work) => {
      transactions++;
      if (fault !== null && !isStored) throw fault;
      const result = await database.db.transaction(work);
      if (fault !== null) throw fault;
      return result;
    };
    counter = new BatchedViewCounter({ db: { transaction }, onFault: (error) => faults.push(error) });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await counter.close(1000);
    await database.close();
  });

  let viewers = 0;
  const countViews = (views: number) => {
    for (let n = 0; n < views; n++) counter.count(DISCUSSION, `viewer ${++viewers}`);
  };
  const written = async () => (await database.db.read.all(sum, []))[0]?.views ?? 0;

  test('is written after ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    countViews(3);
    vi.advanceTimersByTime(FLUSH_MS - 1);
    expect(transactions).toBe(0);
    vi.advanceTimersByTime(1);
    expect(transactions).toBe(1);
    await counter.flush();
    expect([await written(), transactions]).toEqual([3, 1]);
    countViews(1);
    vi.advanceTimersByTime(FLUSH_MS);
    await counter.flush();
    expect([await written(), transactions]).toEqual([4, 2]);
  });

  test('is written at once when it is full, in one transaction', async () => {
    countViews(BATCH_VIEWS - 1);
    expect(transactions).toBe(0);
    countViews(1);
    expect(transactions).toBe(1);
    await counter.flush();
    expect([await written(), transactions]).toEqual([BATCH_VIEWS, 1]);
  });

  test('is written at the stop, and later views are not counted', async () => {
    countViews(2 * BATCH_VIEWS + 5);
    await counter.close(10_000);
    expect([await written(), transactions]).toEqual([2 * BATCH_VIEWS + 5, 3]);
    countViews(1);
    await counter.flush();
    expect([await written(), transactions]).toEqual([2 * BATCH_VIEWS + 5, 3]);
  });

  test('that could not be written is tried again, and memory stays bounded meanwhile', async () => {
    fault = new Error('The database is away.');
    countViews(UNWRITTEN_MAX + 100);
    await counter.flush();
    // not at every view
    expect(transactions).toBe(1);
    expect(faults).toEqual([fault]);
    fault = null;
    await counter.flush();
    expect(await written()).toBe(UNWRITTEN_MAX);
    countViews(1);
    await counter.flush();
    expect(await written()).toBe(UNWRITTEN_MAX + 1);
  });

  test('that may have been written is not written twice', async () => {
    fault = new OutcomeUnknown(new Error('The connection was lost at COMMIT.'));
    isStored = true;
    countViews(7);
    await counter.flush();
    fault = null;
    await counter.flush();
    expect([await written(), transactions, faults.length]).toEqual([7, 1, 1]);
  });
});

test('what was viewed in the last half hour takes bounded memory: beyond 100,000 views the oldest are forgotten', () => {
  const recent = new RecentViews(() => 0);
  for (let n = 0; n < 100_000; n++) recent.isFirst(`view ${n}`);
  expect([recent.isFirst('view 0'), recent.isFirst('view 99999'), recent.size]).toEqual([
    false,
    false,
    100_000,
  ]);
  expect([recent.isFirst('one more'), recent.size]).toEqual([true, 100_000]);
  expect([recent.isFirst('view 1'), recent.isFirst('view 0'), recent.size]).toEqual([false, true, 100_000]);
});
