import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BatchedViewCounter } from '../../../src/forum/view/index.ts';
import { VIEW_WINDOW_MS } from '../../../src/forum/view/recent-views.ts';
import { globalId } from '../../../src/graphql/global-id.ts';
import { type Database, openDatabase, statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';

const FIELDS = 'discussion { title }';

describe.each(engines)('views on %s', (engine) => {
  let forum: Forum;
  let counter: BatchedViewCounter;
  let discussionId: string;
  let address: string;
  let passedMs: number;
  const counterOver = (db: Database) =>
    new BatchedViewCounter({
      db,
      onFault: (error) => {
        throw error;
      },
      now: () => passedMs,
    });
  beforeEach(async () => {
    address = '203.0.113.1';
    passedMs = 0;
    const countViews = (db: Database) => {
      counter = counterOver(db);
      return counter;
    };
    forum = await openForum(engine, 'empty', {}, { countViews, address: () => address });
    discussionId = await ask('One?');
  });
  afterEach(async () => {
    await counter.close(1000);
    await forum.close();
  });

  const ask = async (title: string): Promise<string> => {
    const { data } = await forum.as('ada').do('createDiscussion', { title, body: 'B' }, 'discussion { id }');
    return data.createDiscussion.discussion.id;
  };
  const view = (input: object = {}, token?: string) =>
    forum.do('recordDiscussionView', { discussionId, ...input }, FIELDS, token);
  const viewFrom = (from: string) => {
    address = from;
    return view();
  };
  const count = async (id = discussionId) => {
    await counter.flush();
    const { data } = await forum.ask(
      'query ($id: ID!) { node(id: $id) { ... on Discussion { viewCount } } }',
      { id },
    );
    return data.node.viewCount;
  };

  test('serverInfo says that they are counted; a discussion that was never viewed has 0, and reading it counts nothing', async () => {
    expect((await forum.ask('{ serverInfo { hasViewCounts } }')).data).toEqual({
      serverInfo: { hasViewCounts: true },
    });
    expect(await count()).toBe(0);
    expect(await count()).toBe(0);
  });

  test('are answered with the discussion, and counted in the next batch', async () => {
    expect(await view()).toEqual({ data: { recordDiscussionView: { discussion: { title: 'One?' } } } });
    const before = await rowsOf(forum.db);
    expect(before.filter((row) => row.startsWith('discussion_view_count'))).toEqual([]);
    expect(await count()).toBe(1);
    const after = (await rowsOf(forum.db)).filter((row) => !before.includes(row));
    // nothing else has changed, the row of the discussion in particular
    expect(after).toHaveLength(1);
    expect(after[0]).toMatch(/^discussion_view_count .*"view_count":1/);
  });

  test('count once for each viewer in half an hour: a member anywhere, a guest by their block of addresses', async () => {
    const token = await forum.as('ben').token();
    for (const from of ['203.0.113.1', '203.0.113.2']) {
      address = from;
      await view({}, token);
    }
    expect(await count()).toBe(1);
    await viewFrom('203.0.113.1');
    await viewFrom('203.0.113.1');
    expect(await count()).toBe(2);
    await viewFrom('2001:db8:1:2::3');
    await viewFrom('2001:db8:1:2:ffff::4');
    expect(await count()).toBe(3);
    await viewFrom('2001:db8:1:3::3');
    expect(await count()).toBe(4);
    await forum.do('recordDiscussionView', { discussionId }, FIELDS, await forum.as('cleo').token());
    expect(await count()).toBe(5);
  });

  test('count again once half an hour has passed since the counted one', async () => {
    await view();
    passedMs = VIEW_WINDOW_MS - 1;
    await view();
    expect(await count()).toBe(1);
    passedMs = VIEW_WINDOW_MS;
    await view();
    expect(await count()).toBe(2);
  });

  test('fifty at once of one viewer count once, with and without an idempotency key', async () => {
    const keyed = Array.from({ length: 25 }, (_, n) => view({ idempotencyKey: `key ${n % 5}` }));
    const answers = await Promise.all([...keyed, ...Array.from({ length: 25 }, () => view())]);
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(await count()).toBe(1);
  });

  test('of a page of discussions cost one statement, and one that is recorded costs one, for a guest and for a member', async () => {
    const other = await ask('Two?');
    await view();
    expect([await count(), await count(other)]).toEqual([1, 0]);
    for (const token of [undefined, await forum.as('ben').token()]) {
      // the first use of a credential writes when it was used, and the next request looks it up again
      for (let n = 0; n < 3; n++) await forum.count('{ serverInfo { version } }', {}, token);
      const list = (fields: string) =>
        forum.count(`{ discussions(orderBy: NEWEST) { nodes { id ${fields} } } }`, {}, token);
      const [without, withCounts] = [await list(''), await list('viewCount')];
      expect(withCounts.answer.errors).toBeUndefined();
      expect(withCounts.statements - without.statements).toBe(1);
      const mutation =
        'mutation ($input: RecordDiscussionViewInput!) { recordDiscussionView(input: $input) { discussion { title } } }';
      const recorded = await forum.count(mutation, { input: { discussionId } }, token);
      const nothing = await forum.count('{ serverInfo { version } }', {}, token);
      expect(recorded.statements - nothing.statements).toBe(1);
    }
  });

  test('can be recorded with a read-only key', async () => {
    const token = await forum.as('ben').keyWith(['READ']);
    expect((await view({}, token)).errors).toBeUndefined();
    expect(await count()).toBe(1);
  });

  test.each([
    ['of an unknown discussion', () => globalId('Discussion', '0'.repeat(26)), 'NOT_FOUND'],
    ['of what is no discussion', () => 'nonsense', 'NOT_FOUND'],
    [
      'of a deleted discussion',
      async () =>
        (await forum.as('mod').do('deleteDiscussion', { discussionId }, 'deletedDiscussionId')) &&
        discussionId,
      'NOT_FOUND',
    ],
  ])('%s are refused like those of an unknown one, and count nothing', async (_, idOf, code) => {
    const id = await idOf();
    const before = await rowsOf(forum.db);
    for (const idempotencyKey of [null, 'a key']) {
      const { errors } = await view({ discussionId: id, idempotencyKey });
      expect(errors?.[0]?.extensions).toEqual({ code, field: 'input.discussionId' });
    }
    await counter.flush();
    expect(await rowsOf(forum.db)).toEqual(before);
  });

  test('that wait to be written are not counted if the discussion is deleted, and the others are', async () => {
    const other = await ask('Two?');
    await view();
    await view({ discussionId: other });
    await forum.as('mod').do('deleteDiscussion', { discussionId }, 'deletedDiscussionId');
    expect(await count(other)).toBe(1);
    await forum.as('mod').do('restoreDiscussion', { discussionId }, 'discussion { id }');
    expect(await count()).toBe(0);
  });

  test('survive a deletion and a restoration of the discussion', async () => {
    await view();
    expect(await count()).toBe(1);
    await forum.as('mod').do('deleteDiscussion', { discussionId }, 'deletedDiscussionId');
    await forum.as('mod').do('restoreDiscussion', { discussionId }, 'discussion { id }');
    expect(await count()).toBe(1);
  });

  test('of a merged discussion count for the destination, until the merge is undone', async () => {
    const other = await ask('Two?');
    await viewFrom('203.0.113.1');
    await viewFrom('203.0.113.2');
    await view({ discussionId: other });
    await count();
    const merged = { sourceId: discussionId, destinationId: other };
    await forum.as('mod').do('mergeDiscussions', merged, 'source { id }');
    expect(await count(other)).toBe(3);
    expect(refusalOf(await view({ discussionId }))).toEqual({
      code: 'NOT_FOUND',
      field: 'input.discussionId',
    });
    await forum.as('mod').do('unmergeDiscussions', { sourceId: discussionId }, 'source { id }');
    expect([await count(), await count(other)]).toEqual([2, 1]);
  });

  test('of two instances on one database add up, whatever they write at once', async () => {
    const ids = [discussionId, ...(await Promise.all(['Two?', 'Three?', 'Four?'].map(ask)))];
    const stored = await forum.db.read.all(
      statement<{ id: string }>('test.ids', 'SELECT id FROM discussion'),
      [],
    );
    expect(stored).toHaveLength(ids.length);
    const second = await openDatabase(forum.databaseUrl, { requestMsMax: 15_000 });
    const other = counterOver(second);
    for (let round = 0; round < 20; round++) {
      for (const [n, { id }] of [...stored, ...[...stored].reverse()].entries()) {
        counter.count(id, `viewer ${round} ${n}`);
        other.count(id, `viewer ${round} ${n}`);
      }
      await Promise.all([counter.flush(), other.flush()]);
    }
    await other.close(1000);
    await second.close();
    expect(await Promise.all(ids.map((id) => count(id)))).toEqual(ids.map(() => 20 * 2 * 2));
  });

  test('reach at most the largest Int', async () => {
    await view();
    await counter.flush();
    await forum.db.write((tx) => tx.discussionViewCount.updateMany({ data: { viewCount: 2_147_483_646 } }));
    for (const from of ['203.0.113.8', '203.0.113.9']) {
      await viewFrom(from);
      expect(await count()).toBe(2_147_483_647);
    }
  });
});

describe.each(engines)('where views are not counted, on %s', (engine) => {
  test('the count is null and recording has no effect', async () => {
    const forum = await openForum(engine, 'seeded');
    const { data } = await forum.ask(
      '{ serverInfo { hasViewCounts } discussions(first: 1) { nodes { id viewCount } } }',
    );
    const [{ id, viewCount }] = data.discussions.nodes;
    expect([data.serverInfo.hasViewCounts, viewCount]).toEqual([false, null]);
    const before = await rowsOf(forum.db);
    expect((await forum.do('recordDiscussionView', { discussionId: id }, FIELDS)).errors).toBeUndefined();
    expect(await rowsOf(forum.db)).toEqual(before);
    const counted = await forum.count('{ discussions(first: 1) { nodes { id } } }');
    const withCount = await forum.count('{ discussions(first: 1) { nodes { id viewCount } } }');
    expect(withCount.statements).toBe(counted.statements);
    await forum.close();
  });
});
