// Merged and split discussions in exports and imports.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { done, exported, imported, linesOf, recordsIn } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const topic = (n: number, text = `Question ${n}`) => ({
  ...{ type: 'discussion', key: `old:${n}`, title: `Topic ${n}`, body: text, createdAt: AT },
  ...{ externalId: `page-${n}`, oldUrls: [`https://old.example/t/${n}`] },
});
const post = (n: number, topicNumber: number, more: object = {}) => ({
  ...{ type: 'comment', key: `old:post:${n}`, discussion: `old:${topicNumber}`, body: `Post ${n}` },
  ...{ createdAt: AT, ...more },
});

interface Found {
  readonly id: string;
  readonly comments: { readonly nodes: readonly { readonly id: string; readonly body: string }[] };
}
const found = async (forum: Forum, by: string): Promise<Found> => {
  const { data, errors } = await forum.ask(
    `{ discussion(${by}) { id comments(first: 50, orderBy: OLDEST) { nodes { id body } } } }`,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.discussion;
};
const merge = async (forum: Forum, source: Found, destination: Found) =>
  done(
    forum.as('mod'),
    'mergeDiscussions',
    { sourceId: source.id, destinationId: destination.id },
    'comment { id }',
  );

describe.each(engines)('an export from %s', (engine) => {
  let forum: Forum;
  let others: Forum;
  /** The global ids of the topics, by their numbers. */
  const ids = new Map<number, string>();

  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    const [mod, ada] = [forum.as('mod'), forum.as('ada')];
    await imported(
      forum.db,
      linesOf([...[1, 2, 3, 4, 5, 6].map((n) => topic(n)), post(1, 1), post(2, 2), post(3, 4)]),
    );
    const topics = new Map<number, Found>();
    for (let n = 1; n <= 6; n++) {
      const one = await found(forum, `externalId: "page-${n}"`);
      topics.set(n, one);
      ids.set(n, one.id);
    }
    const at = (n: number) => topics.get(n) as Found;
    const update = { discussionId: at(1).id, title: 'Topic 1, edited', body: 'Question 1, edited' };
    await done(mod, 'updateDiscussion', update, 'discussion { id }');
    await done(ada, 'setVote', { subjectId: at(1).id, direction: 'UP' }, 'subject { id }');
    await done(mod, 'markDuplicate', { discussionId: at(1).id, originalId: at(3).id }, 'discussion { id }');
    const related = { discussionId: at(1).id, relatedDiscussionId: at(5).id };
    await done(mod, 'addRelatedDiscussion', related, 'discussion { id }');
    // 1 into 2 into 3; 4 into 3, whose comment is deleted; 6 is split off 4 before
    const split = { commentIds: [at(4).comments.nodes[0]?.id], title: 'Split off' };
    await done(mod, 'splitDiscussion', split, 'discussion { id }');
    await merge(forum, at(1), at(2));
    await merge(forum, at(2), at(3));
    const { mergeDiscussions } = await merge(forum, at(4), at(3));
    const gone = { commentId: mergeDiscussions.comment.id };
    await done(mod, 'deleteComment', gone, 'clientMutationId');
    // 5 into 6, which is deleted
    await merge(forum, at(5), at(6));
    await done(mod, 'deleteDiscussion', { discussionId: at(6).id }, 'clientMutationId');
    others = await openForum(engine === 'sqlite' ? 'postgres' : 'sqlite', 'empty');
  });

  afterAll(async () => {
    await forum.close();
    await others.close();
  });

  test('holds merges and splits, and is the same after an import elsewhere', async () => {
    const text = await exported(forum.databaseUrl);
    const merged = recordsIn(text).filter((record) => record['merged']);
    expect(merged.map(({ title, body }) => [title, body]).sort()).toEqual([
      ['Topic 1, edited', ''],
      ['Topic 2', ''],
      ['Topic 4', ''],
      ['Topic 5', ''],
    ]);
    const { omitted } = await imported(others.db, text);
    expect(omitted).toEqual({});
    expect(await exported(others.databaseUrl)).toBe(text);
    for (const role of ['guest', 'member', 'moderator'] as const)
      expect(await exported(others.databaseUrl, role)).toBe(await exported(forum.databaseUrl, role));
  });

  test.each([1, 2, 3, 4])('lets every name of topic %d lead to where its comments are', async (n) => {
    const names = [
      `id: "${ids.get(n)}"`,
      `slug: "topic-${n}"`,
      `externalId: "page-${n}"`,
      `url: "https://old.example/t/${n}"`,
      `url: "https://forum.example/discussions/topic-${n}"`,
    ];
    for (const name of names) expect([name, (await found(others, name)).id]).toEqual([name, ids.get(3)]);
  });

  test('shows the same merges and splits', async () => {
    const query = `{ discussion(externalId: "page-1") { mergedDiscussions(first: 9) { nodes { id title slug mergedAt
      mergedInto { id } mergedComment { id body } revisions(first: 5) { nodes { title body } } } } }
      discussions(first: 9) { nodes { id title splitFrom { id } splitDiscussions(first: 5) { nodes { id } } } } }`;
    const here = await forum.ask(query);
    expect(here.errors).toBeUndefined();
    expect(here.data.discussion.mergedDiscussions.nodes).toHaveLength(2);
    expect(await others.ask(query)).toEqual(here);
  });

  test('as guest holds those alone that guests see', async () => {
    const records = recordsIn(await exported(forum.databaseUrl, 'guest'));
    const merged = records.filter((record) => record['merged']).map(({ title }) => title);
    expect(merged.sort()).toEqual(['Topic 1, edited', 'Topic 2']);
    expect(records.filter(({ type }) => type === 'split')).toHaveLength(1);
  });

  test('has no merge that can be undone elsewhere', async () => {
    const { errors } = await others
      .as('mod')
      .do('unmergeDiscussions', { sourceId: ids.get(1) }, 'clientMutationId');
    expect(errors?.[0]?.extensions.code).toBe('CONFLICT');
    expect(errors?.[0]?.message).toBe('A merge that came with an import cannot be undone.');
    const query = 'query ($id: ID!) { node(id: $id) { ... on Discussion { mergedAt mergeUndoEndsAt } } }';
    const { data } = await others.as('mod').ask(query, { id: ids.get(1) });
    expect(data.node).toEqual({ mergedAt: expect.any(String), mergeUndoEndsAt: null });
  });

  test('leaves out a merged discussion whose destination is not known', async () => {
    const merged = { at: AT, into: 'old:9' };
    const records = [{ ...topic(7, ''), key: 'old:7', externalId: 'page-7', merged }];
    const { records: counts, omitted } = await imported(others.db, linesOf(records));
    expect(counts).toEqual({});
    expect(Object.keys(omitted)).toEqual(['merged discussions of an unknown discussion']);
  });
});

test.each(engines)(
  'a newer export adds its comments to where a discussion was merged on %s, and no text',
  async (engine) => {
    const forum = await openForum(engine, 'empty');
    try {
      const records = [topic(1), topic(2), post(1, 1)];
      await imported(forum.db, linesOf(records));
      const [source, destination] = [
        await found(forum, 'externalId: "page-1"'),
        await found(forum, 'externalId: "page-2"'),
      ];
      await merge(forum, source, destination);
      const newer = [
        { ...topic(1, 'A secret that was redacted since'), importedNetVotes: 4 },
        topic(2),
        post(1, 1),
        post(2, 1, { replyTo: 'old:post:1' }),
        post(3, 1),
        topic(3),
        { type: 'duplicate', discussion: 'old:3', of: 'old:1' },
      ];
      const closed = { ...newer[5], close: { at: AT, reason: 'DUPLICATE' } };
      await imported(forum.db, linesOf([...newer.slice(0, 5), closed, ...newer.slice(6)]));
      const { comments } = await found(forum, 'externalId: "page-1"');
      expect(comments.nodes.map(({ body }) => body).sort()).toEqual(['Post 1', 'Post 3', 'Question 1']);
      const text = await exported(forum.databaseUrl);
      expect(text).not.toContain('A secret');
      const { data } = await forum.ask(
        `{ discussion(externalId: "page-2") { id commentCount duplicates(first: 2) { nodes { title } } } }`,
      );
      expect(data.discussion).toEqual({
        ...{ id: destination.id, commentCount: 4, duplicates: { nodes: [{ title: 'Topic 3' }] } },
      });
    } finally {
      await forum.close();
    }
  },
);

test.each(engines)('a merge in a newer export leaves what is here on %s, and is reported', async (engine) => {
  const forum = await openForum(engine, 'empty');
  try {
    await imported(forum.db, linesOf([topic(1), topic(2), post(1, 1)]));
    const newer = [
      topic(2),
      { ...post(1, 2) },
      { ...post(2, 2), body: 'Question 1' },
      { ...topic(1, ''), deletedAt: AT, merged: { at: AT, into: 'old:2', comment: 'old:post:2' } },
    ];
    const { omitted } = await imported(forum.db, linesOf(newer));
    expect(omitted['merges of discussions that are here']?.count).toBe(1);
    const { comments } = await found(forum, 'externalId: "page-1"');
    expect(comments.nodes.map(({ body }) => body)).toEqual(['Post 1']);
  } finally {
    await forum.close();
  }
});
