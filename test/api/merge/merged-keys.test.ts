import { beforeEach, describe, expect, test } from 'vitest';
import { rowIdOf } from '../../../src/graphql/global-id.ts';
import { engines } from '../../support/database.ts';
import type { Forum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { ask } from '../discussion/discussion-cast.ts';
import { type mergingIn, moderationOf, useMerging } from './merged-forum.ts';

const TAKEN = { code: 'CONFLICT', field: 'input.externalId' };

describe.each(engines)('the externalId of a merged discussion on %s', (engine) => {
  const merging = useMerging(engine);
  let forum: Forum;
  let tools: ReturnType<typeof mergingIn>;
  /** Merged by `mod`: `source` has the key, `author` started `destination`. */
  let [externalId, source, destination] = ['', '', ''];
  const author = 'ada';

  beforeEach(async () => {
    let garden: ReturnType<typeof merging>['garden'];
    ({ forum, tools, garden } = merging());
    const categoryId = garden.fruit;
    destination = await ask(forum.as(author), { title: 'Kept?', categoryId });
    externalId = `page ${destination}`;
    source = await ask(forum.as(author), { title: 'Embedded?', externalId, categoryId });
    expect((await tools.merge(source, destination)).errors).toBeUndefined();
  });

  const start = (by: string, mutation = 'findOrCreateDiscussion') =>
    forum.as(by).do(mutation, { externalId, title: 'Again?', body: 'B' }, 'discussion { id externalId }');
  const remove = async (by: string, discussionId: string) =>
    expect(
      (await forum.as(by).do('deleteDiscussion', { discussionId }, 'clientMutationId')).errors,
    ).toBeUndefined();
  const found = async () =>
    (await forum.ask('query ($key: String!) { discussion(externalId: $key) { id } }', { key: externalId }))
      .data?.discussion?.id;
  const problems = async (by: string | null) => {
    const query = `query ($input: PreviewDiscussionInput!) { previewDiscussion(input: $input) { problems { code field } } }`;
    const variables = { input: { title: 'Again?', body: 'B', externalId } };
    const { data } = await (by ? forum.as(by).ask(query, variables) : forum.ask(query, variables));
    return data.previewDiscussion.problems;
  };

  test('stays taken while a moderator has deleted the destination, and begins anew for moderators of all', async () => {
    expect([await found(), await problems('mod')]).toEqual([destination, [TAKEN]]);
    await remove('mod', destination);
    expect(await found()).toBeUndefined();
    const rows = await rowsOf(forum.db);
    for (const by of [author, 'rue'])
      for (const mutation of ['createDiscussion', 'findOrCreateDiscussion'])
        expect({ by, ...refusalOf(await start(by, mutation)) }).toEqual({ by, ...TAKEN });
    expect(await rowsOf(forum.db)).toEqual(rows);
    // who cannot create a discussion learns of no deleted one
    expect([await problems(author), await problems('mod'), await problems(null)]).toEqual([
      [TAKEN],
      [],
      [{ code: 'UNAUTHENTICATED', field: null }],
    ]);
    const { data } = await start('mod');
    const next = data.findOrCreateDiscussion.discussion;
    expect(next).toEqual({ id: expect.not.stringMatching(source), externalId });
    expect(await found()).toBe(next.id);
    const released = (await moderationOf(forum, source)).find(
      ({ action }) => action === 'RELEASE_EXTERNAL_ID',
    );
    expect(released).toMatchObject({ detail: externalId, discussionId: rowIdOf('Discussion', source) });
    // the destination comes back, and after the undo the source: without the key, and under its other names
    await forum.as('mod').do('restoreDiscussion', { discussionId: destination }, 'clientMutationId');
    expect(await found()).toBe(next.id);
    expect((await tools.unmerge(source)).errors).toBeUndefined();
    const restored = await forum.ask(`{ discussion(id: "${source}") { id externalId } }`);
    expect(restored.data.discussion).toEqual({ id: source, externalId: null });
  });

  test('goes to the next who starts one if the author of the destination has deleted it', async () => {
    await remove(author, destination);
    const mutation = 'createDiscussion';
    const { data } = await start('ben', mutation);
    expect(await found()).toBe(data[mutation].discussion.id);
  });

  test('taken over by ten at once belongs to one new discussion, while the destination is restored or not', async () => {
    await remove('mod', destination);
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => start('mod')),
      forum.as('mod').do('restoreDiscussion', { discussionId: destination }, 'clientMutationId'),
    ]);
    const ids = answers.slice(0, 10).map(({ data }) => data?.findOrCreateDiscussion.discussion.id);
    expect(new Set(ids).size).toBe(1);
    expect(await found()).toBe(ids[0]);
  });
});
