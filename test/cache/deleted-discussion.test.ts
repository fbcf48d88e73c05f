import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantGarden } from '../api/discussion/discussion-cast.ts';
import { engines } from '../support/database.ts';
import type { Forum } from '../support/forum.ts';
import { type CachingServer, openCaching } from './caching-server.ts';

describe.each(engines)('cached answers on %s', (engine) => {
  let forum: Forum;
  let server: CachingServer;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ forum, server, close } = await openCaching(engine));
  });
  afterAll(() => close());

  test('show nothing of a deleted discussion, however little of it they showed, and show it again once it is back', async () => {
    const { fruit, orchard } = await plantGarden(forum);
    const place = { categoryId: fruit, productId: orchard, tagSlugs: ['red'] };
    const ask = async (input: object) =>
      (await forum.as('ada').do('createDiscussion', { body: 'Why?', ...input }, 'discussion { id slug }'))
        .data.createDiscussion.discussion;
    const { id: discussionId, slug } = await ask({ title: 'Going', externalId: 'page/going', ...place });
    const { id: other } = await ask({ title: 'Staying' });
    const mod = (mutation: string, input: object) =>
      forum.as('mod').do(mutation, { ...input }, 'clientMutationId');
    await mod('updateDiscussion', { discussionId, body: 'Why not?' });
    await mod('addRelatedDiscussion', { discussionId: other, relatedDiscussionId: discussionId });
    const said = await forum.as('ben').do('addComment', { discussionId, body: 'So.' }, 'comment { id }');
    const comment = said.data.addComment.comment.id;
    const states = await forum.ask(`{ discussion(id: "${discussionId}") { revisions { nodes { id } } } }`);
    const [ada, ben] = [await forum.as('ada').id(), await forum.as('ben').id()];
    const queries = [
      `{ node(id: "${comment}") { ... on Comment { body } } }`,
      `{ nodes(ids: ["${comment}", "${discussionId}"]) { id } }`,
      ...states.data.discussion.revisions.nodes.map(
        ({ id }: { id: string }) => `{ node(id: "${id}") { ... on DiscussionRevision { title } } }`,
      ),
      `{ discussion(id: "${discussionId}") { title } }`,
      `{ discussion(slug: "${slug}") { title } }`,
      '{ discussion(externalId: "page/going") { title } }',
      '{ discussions { totalCount } }',
      '{ discussions(first: 2, orderBy: NEWEST) { nodes { title } } }',
      '{ discussions(filter: { tagSlug: "red" }) { totalCount } }',
      '{ category(slug: "fruit") { discussions { totalCount } } }',
      '{ product(slug: "orchard") { discussions { totalCount } } }',
      '{ tag(slug: "red") { discussions { totalCount } } }',
      `{ author(id: "${ada}") { discussions { totalCount } } }`,
      `{ author(id: "${ben}") { comments { totalCount } } }`,
      `{ author(id: "${ben}") { comments { nodes { body } } } }`,
      `{ discussion(id: "${other}") { relatedDiscussions { title discussion { id } } } }`,
      '{ pinnedDiscussions { title } }',
    ];
    const answers = async () => {
      const all: Record<string, unknown> = {};
      for (const query of queries) {
        all[query] = JSON.parse((await server.ask(query)).text);
        expect(all[query], query).toEqual(await forum.ask(query));
      }
      return all;
    };
    const pinnedToo = await answers();
    await mod('pinDiscussion', { discussionId });
    const before = await answers();
    expect(before).not.toEqual(pinnedToo);
    await answers();
    await mod('deleteDiscussion', { discussionId });
    const gone = await answers();
    expect(queries.filter((query) => JSON.stringify(gone[query]) === JSON.stringify(before[query]))).toEqual(
      [],
    );
    await mod('restoreDiscussion', { discussionId });
    expect(await answers()).toEqual(pinnedToo);
  });

  test('find a restored discussion, even if its slug was requested while it was deleted', async () => {
    const made = await forum
      .as('ada')
      .do('createDiscussion', { title: 'Away', body: 'Why?' }, 'discussion { id slug }');
    const { id: discussionId, slug } = made.data.createDiscussion.discussion;
    const ask = async () =>
      JSON.parse((await server.ask(`{ discussion(slug: "${slug}") { title } }`)).text).data?.discussion
        ?.title;
    const asked = async () => [await ask(), await ask(), await ask()];
    expect(await asked()).toEqual(['Away', 'Away', 'Away']);
    await forum.as('mod').do('deleteDiscussion', { discussionId }, 'clientMutationId');
    expect(await asked()).toEqual([undefined, undefined, undefined]);
    await forum.as('mod').do('restoreDiscussion', { discussionId }, 'clientMutationId');
    expect(await asked()).toEqual(['Away', 'Away', 'Away']);
  });
});
