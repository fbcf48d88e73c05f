import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lockAnyDiscussionForUpdate } from '../../../src/forum/discussion/index.ts';
import { brokenAtRest } from '../../proof/invariants.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { ask } from '../discussion/discussion-cast.ts';
import { mergingIn } from './merged-forum.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe.each(engines)('merging while others write on %s', (engine) => {
  let forum: Forum;
  let tools: ReturnType<typeof mergingIn>;
  let [a, b] = ['', ''];
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    tools = mergingIn(forum);
    for (const name of ['ada', 'ben', 'cleo', 'mod']) await forum.as(name).token();
  });
  afterAll(() => forum.close());
  const asked = (title: string) => ask(forum.as('cleo'), { title });
  beforeEach(async () => {
    [a, b] = [await ask(forum.as('ada'), { title: 'Old?' }), await ask(forum.as('ben'), { title: 'New?' })];
  });

  test('twenty comments and ten votes at the same time are all in the destination, and come back', async () => {
    const first = await tools.commentIn(a, 'ben', 'First');
    const [merged, ...written] = await Promise.all([
      tools.merge(a, b),
      ...Array.from({ length: 20 }, (_, n) =>
        tools.commentIn(a, 'cleo', `Late ${n}`, n % 2 ? first : undefined),
      ),
      ...Array.from({ length: 10 }, () => tools.vote('ada', first)),
    ]);
    expect(merged.errors).toBeUndefined();
    expect(written).toHaveLength(30);
    const thread = await tools.thread(b);
    expect(thread).toHaveLength(22);
    expect(await brokenAtRest(forum.db, forum.now())).toEqual([]);
    expect((await tools.unmerge(a)).errors).toBeUndefined();
    expect((await tools.thread(a)).length + (await tools.thread(b)).length).toBe(21);
    expect(await brokenAtRest(forum.db, forum.now())).toEqual([]);
  });

  test('of two merges of one discussion at once, one is done', async () => {
    const c = await ask(forum.as('cleo'), { title: 'Third?' });
    const answers = await Promise.all([tools.merge(a, b), tools.merge(a, c), tools.merge(b, a)]);
    const refused = answers.filter(({ errors }) => errors);
    expect(refused.map((answer) => refusalOf(answer).code)).toEqual(refused.map(() => 'CONFLICT'));
    expect(answers.length - refused.length).toBeGreaterThan(0);
    expect(await brokenAtRest(forum.db, forum.now())).toEqual([]);
  });

  test('duplicates follow the original of the destination, which becomes a duplicate at the same moment', async () => {
    const [x, z, w] = [await asked('Duplicate?'), await asked('Original?'), await asked('Last?')];
    const mark = (discussionId: string, originalId: string) =>
      forum.as('mod').do('markDuplicate', { discussionId, originalId }, 'discussion { id }');
    await mark(x, a);
    await mark(b, z);
    const { answers } = await forum.db.transaction(async (tx) => {
      await lockAnyDiscussionForUpdate(tx, b.slice(2));
      // both wait for the destination, the merge first
      const merged = tools.merge(a, b);
      await sleep(400);
      const marked = mark(z, w);
      await sleep(400);
      return { answers: Promise.all([merged, marked]) };
    });
    for (const { errors } of await answers) expect(errors).toBeUndefined();
    const query = 'query ($id: ID!) { discussion(id: $id) { duplicates { nodes { id } } } }';
    const { nodes } = (await forum.ask(query, { id: w })).data.discussion.duplicates;
    expect(nodes.map(({ id }: { id: string }) => id).toSorted()).toEqual([b, x, z].toSorted());
  });

  test('the parts of a split discussion are two threads, which a merge joins again', async () => {
    const top = await tools.commentIn(a, 'ben', 'Top');
    await tools.commentIn(a, 'cleo', 'Reply', top);
    await tools.commentIn(a, 'cleo', 'Other');
    const made = (await tools.split([top], 'Split off?')).data.splitDiscussion;
    expect([await tools.thread(a), await tools.thread(made.discussion.id)]).toEqual([['Other'], ['Reply']]);
    expect((await tools.merge(made.discussion.id, a)).errors).toBeUndefined();
    expect((await tools.thread(a)).toSorted()).toEqual(['Other', 'Reply', 'Top']);
    expect(await brokenAtRest(forum.db, forum.now())).toEqual([]);
  });

  test('an undo within a day is done, and after it refused', async () => {
    await tools.merge(a, b);
    forum.wait(DAY_MS);
    expect((await tools.unmerge(a)).errors).toBeUndefined();
    await tools.merge(a, b);
    forum.wait(DAY_MS + 1);
    expect(refusalOf(await tools.unmerge(a))).toEqual({ code: 'CONFLICT', field: 'input.sourceId' });
  });
});
