import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../api/discussion/discussion-cast.ts';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';

const PATHS = [
  (slug: string) => `/feeds/discussions/${slug}.atom`,
  (slug: string) => `/feeds/discussions/${slug}.json`,
  (slug: string) => `/discussions/${slug}.md`,
];

describe.each(engines)('the documents of a merged discussion on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  test('lead to those of the discussion that it was merged into, until that is undone or that one is deleted', async () => {
    const titles = ['Où est-ce ?', 'Größe?'];
    const [sourceId = '', destinationId = ''] = [
      await ask(forum.as('ada'), { title: titles[0] }),
      await ask(forum.as('ben'), { title: titles[1] }),
    ];
    const slugs = async (id: string) =>
      encodeURIComponent((await forum.ask(`{ discussion(id: "${id}") { slug } }`)).data.discussion.slug);
    const [from, to] = [await slugs(sourceId), await slugs(destinationId)];
    const answers = () =>
      Promise.all(
        PATHS.map(async (pathOf) => {
          const response = await fetch(forum.url + pathOf(from), { redirect: 'manual' });
          return [response.status, response.headers.get('location')];
        }),
      );
    const act = async (mutation: string, input: Record<string, unknown>) =>
      expect((await forum.as('mod').do(mutation, input, 'clientMutationId')).errors).toBeUndefined();
    const [found, gone] = [PATHS.map(() => [200, null]), PATHS.map(() => [404, null])];
    expect(await answers()).toEqual(found);
    await act('mergeDiscussions', { sourceId, destinationId });
    expect(await answers()).toEqual(PATHS.map((pathOf) => [303, pathOf(to)]));
    const [feed, json, markdown] = await Promise.all(
      PATHS.map(async (pathOf) => (await fetch(forum.url + pathOf(from))).text()),
    );
    for (const text of [feed, json, markdown]) expect(text).toContain('It is ');
    await act('unmergeDiscussions', { sourceId });
    expect(await answers()).toEqual(found);
    await act('mergeDiscussions', { sourceId, destinationId });
    await act('deleteDiscussion', { discussionId: destinationId });
    expect(await answers()).toEqual(gone);
  });

  test('lead there in the API too, by the id of the merged one', async () => {
    const sourceId = await ask(forum.as('ada'), { title: 'Where is [it]?' });
    const destinationId = await ask(forum.as('ben'), { title: 'Which <size>?' });
    const input = { sourceId, destinationId };
    expect((await forum.as('mod').do('mergeDiscussions', input, 'clientMutationId')).errors).toBeUndefined();
    const FIELDS = 'url asMarkdown structuredData structuredDataIssues { message }';
    const { data } = await forum.ask(`{ merged: node(id: "${sourceId}") { ... on Discussion { ${FIELDS} } }
      other: node(id: "${destinationId}") { ... on Discussion { ${FIELDS} } } }`);
    const { merged, other } = data;
    expect(merged.asMarkdown).toBe(
      `# Where is \\[it\\]?\n\nThis discussion was merged into [Which \\<size\\>?](${other.url}).\n`,
    );
    expect(merged.structuredData).toEqual(other.structuredData);
    expect(merged.structuredData.mainEntity.answerCount).toBe(1);
    expect(merged.structuredDataIssues).toEqual([]);
  });
});
