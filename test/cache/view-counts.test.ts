import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_LIMITS } from '../../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import { makeContext } from '../../src/api/make-context.ts';
import { DependencyTracker, trackedContext } from '../../src/cache/dependency-tracker.ts';
import { BatchedViewCounter } from '../../src/forum/view/index.ts';
import { loadViewCount, VIEW_COUNT_AGE_MS_MAX } from '../../src/forum/view/view-reads.ts';
import { statement } from '../../src/store/index.ts';
import { engines } from '../support/database.ts';
import { type Forum, openForum, SITE_URL } from '../support/forum.ts';
import { type CachingServer, startCaching } from './caching-server.ts';

describe.each(engines)('a cached answer with a view count on %s', (engine) => {
  let forum: Forum;
  let counter: BatchedViewCounter;
  let server: CachingServer;
  let rowId: string;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    counter = new BatchedViewCounter({ db: forum.db, onFault: () => {} });
    server = await startCaching(forum.db, undefined, undefined, counter);
    await forum.as('ada').do('createDiscussion', { title: 'One?', body: 'B' }, 'discussion { id }');
    const [row] = await forum.db.read.all(
      statement<{ id: string }>('test.id', 'SELECT id FROM discussion'),
      [],
    );
    rowId = row?.id ?? '';
  });
  afterAll(async () => {
    await server.close();
    await counter.close(1000);
    await forum.close();
  });

  test('is not invalidated by views, and by an edit of the discussion it is', async () => {
    const query = '{ discussions(first: 1) { nodes { title viewCount } } }';
    const answer = (title: string, viewCount: number) =>
      JSON.stringify({ data: { discussions: { nodes: [{ title, viewCount }] } } });
    const first = await server.ask(query);
    expect(first.text).toBe(answer('One?', 0));
    counter.count(rowId, 'guest 203.0.113.1');
    await counter.flush();
    expect(await server.ask(query)).toEqual({ text: first.text, statements: 0 });
    await forum.as('ada').do('createDiscussion', { title: 'Two?', body: 'B' }, 'discussion { id }');
    expect((await server.ask(query)).text).toBe(answer('Two?', 0));
  });

  test('expires after a minute', async () => {
    const ctx = makeContext({
      ...{ db: forum.db, siteUrl: SITE_URL, policy: DEFAULT_POLICY, clock: forum.now, viewer: null },
      ...{ address: '203.0.113.1', limiter: NO_LIMITS, viewCounter: counter },
    });
    const tracker = new DependencyTracker(5000);
    expect(await loadViewCount(trackedContext(ctx, tracker), rowId)).toBe(1);
    expect(tracker.expiresAt).toBe(5000 + VIEW_COUNT_AGE_MS_MAX);
    expect([tracker.isComplete, [...tracker.tags]]).toEqual([true, []]);
  });
});
