import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openThreads } from '../../support/connected-forum.ts';
import { engines } from '../../support/database.ts';
import { threadDocument } from '../../support/documents.ts';
import { type Forum, openForum, SITE_URL } from '../../support/forum.ts';

const WHOLE = 'slug commentCount structuredData structuredDataIssues { path message isRequired }';

async function dataOf(forum: Forum, slug: string) {
  const { data, errors } = await forum.ask(`{ discussion(slug: "${slug}") { ${WHOLE} } }`);
  expect(errors).toBeUndefined();
  return data.discussion;
}

/** Every object in a value of JSON. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)];
}

describe.each(engines)('structured data on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
  });
  afterAll(() => forum.close());

  test('of every discussion of the seed lacks nothing', async () => {
    const { data, errors } = await forum.ask(`{ discussions(first: 100) { nodes { ${WHOLE} } } }`);
    expect(errors).toBeUndefined();
    const { nodes } = data.discussions;
    expect(nodes.length).toBeGreaterThan(10);
    for (const one of nodes) expect([one.slug, one.structuredDataIssues]).toEqual([one.slug, []]);
    const types = nodes.map((one: { structuredData: { '@type': string } }) => one.structuredData['@type']);
    expect(types).toContain('QAPage');
  });

  test('has absolute URLs alone, and the same context everywhere', async () => {
    const { data } = await forum.ask(`{ discussions(first: 100) { nodes { ${WHOLE} } } }`);
    for (const { structuredData } of data.discussions.nodes) {
      expect(structuredData['@context']).toBe('https://schema.org');
      for (const item of objectsIn(structuredData))
        for (const name of ['url', '@id', 'image'])
          if (item[name] !== undefined) expect(item[name]).toMatch(/^https?:\/\//);
    }
  });

  test('of a question has the accepted answer, the others best first, and nested replies', async () => {
    await forum.load(
      threadDocument({
        title: 'Which one is accepted?',
        product: 'Shared Product',
        comments: [
          { body: 'The best', net: 9, more: ['Author name: Bea'] },
          { body: 'The accepted', net: 1, more: ['Accepted answer: yes', 'Author name: Acc'] },
          { body: 'Thanks', more: ['Reply to: Comment 2'] },
          { body: 'No, thank you', more: ['Reply to: Comment 3'] },
          { body: 'The worst', net: -3 },
        ],
      }),
    );
    const { structuredData, structuredDataIssues } = await dataOf(forum, 'which-one-is-accepted');
    expect(structuredDataIssues).toEqual([]);
    const question = structuredData.mainEntity;
    expect(structuredData['@type']).toBe('QAPage');
    expect(question).toMatchObject({
      ...{ '@type': 'Question', name: 'Which one is accepted?', answerCount: 3, commentCount: 2 },
      ...{ url: `${SITE_URL}/discussions/which-one-is-accepted`, upvoteCount: 0 },
    });
    expect(question.acceptedAnswer).toMatchObject({
      ...{ '@type': 'Answer', text: 'The accepted', upvoteCount: 1, author: { name: 'Acc' } },
      comment: [{ '@type': 'Comment', text: 'Thanks', comment: [{ text: 'No, thank you' }] }],
    });
    expect(question.acceptedAnswer.url).toMatch(
      /^https:\/\/forum\.example\/discussions\/which-one-is-accepted#C_/,
    );
    expect(question.suggestedAnswer.map(({ text }: { text: string }) => text)).toEqual([
      'The best',
      'The worst',
    ]);
  });

  test('marks deleted comments, and names no author and no text of them', async () => {
    const ben = forum.as('ben');
    const ada = forum.as('ada');
    const made = await ada.do(
      'createDiscussion',
      { title: 'Who is gone?', body: 'Who?' },
      'discussion { id }',
    );
    const discussionId = made.data.createDiscussion.discussion.id;
    const first = await ben.do('addComment', { discussionId, body: 'My secret' }, 'comment { id }');
    const replyToId = first.data.addComment.comment.id;
    await ada.do('addComment', { discussionId, replyToId, body: 'A reply' }, 'comment { id }');
    await ben.do('deleteComment', { commentId: replyToId }, 'comment { id }');
    const { structuredData, structuredDataIssues } = await dataOf(forum, 'who-is-gone');
    expect(structuredDataIssues).toEqual([]);
    expect(JSON.stringify(structuredData)).not.toMatch(/My secret|ben/);
    expect(structuredData.mainEntity).toMatchObject({ answerCount: 0, commentCount: 1 });
    expect(structuredData.mainEntity.comment).toEqual([
      {
        ...{ '@type': 'Comment', creativeWorkStatus: 'Deleted', url: expect.stringContaining('#C_') },
        ...{ author: { '@type': 'Person', name: 'Anonymous' }, datePublished: expect.stringMatching(/Z$/) },
        comment: [
          expect.objectContaining({ text: 'A reply', author: expect.objectContaining({ name: 'ada' }) }),
        ],
      },
    ]);
  });

  test('of a discussion that nobody can answer is a posting; of one with answers it stays a question', async () => {
    const mod = forum.as('mod');
    const lock = async (title: string, withComment: boolean) => {
      const made = await mod.do('createDiscussion', { title, body: 'Text' }, 'discussion { id slug }');
      const { id, slug } = made.data.createDiscussion.discussion;
      if (withComment) await mod.do('addComment', { discussionId: id, body: 'Yes' }, 'comment { id }');
      await mod.do('lockDiscussion', { discussionId: id }, 'discussion { id }');
      return dataOf(forum, slug);
    };
    const empty = await lock('An announcement', false);
    expect(empty.structuredData).toMatchObject({
      ...{ '@type': 'DiscussionForumPosting', headline: 'An announcement', text: 'Text', commentCount: 0 },
      author: { '@type': 'Person', name: 'mod', url: expect.stringMatching(/\/authors\/A_/) },
    });
    expect(empty.structuredDataIssues).toEqual([]);
    const answered = await lock('A question', true);
    expect(answered.structuredData['@type']).toBe('QAPage');
    expect(answered.structuredDataIssues).toEqual([]);
  });

  test('of a category without answers is a posting with all comments in it', async () => {
    const mod = forum.as('root');
    const created = await mod.do('createCategory', { name: 'News', isAnswerable: false }, 'category { id }');
    const categoryId = created.data.createCategory.category.id;
    const made = await mod.do(
      'createDiscussion',
      { title: 'What is new', body: 'This', categoryId },
      'discussion { id }',
    );
    const discussionId = made.data.createDiscussion.discussion.id;
    await mod.do('addComment', { discussionId, body: '---' }, 'comment { id }');
    const { structuredData, structuredDataIssues } = await dataOf(forum, 'what-is-new');
    expect(structuredDataIssues).toEqual([]);
    expect(structuredData).toMatchObject({ '@type': 'DiscussionForumPosting', commentCount: 1 });
    // a line has no plain text
    expect(structuredData.comment[0].text).toBe('---');
  });
});

describe.each(engines)('structured data of generated threads on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openThreads(engine);
  });
  afterAll(() => forum.close());

  test('lacks nothing, and the counts add up to all comments', async () => {
    const query = `query ($after: String) { discussions(first: 10, after: $after) {
      pageInfo { endCursor hasNextPage } nodes { ${WHOLE} } } }`;
    let seen = 0;
    for (let after: string | null = null; ; ) {
      const { data } = await forum.ask(query, { after });
      for (const one of data.discussions.nodes) {
        const { answerCount, commentCount } = one.structuredData.mainEntity;
        expect([one.slug, one.structuredDataIssues]).toEqual([one.slug, []]);
        expect(answerCount + commentCount).toBe(one.commentCount);
        seen++;
      }
      if (!data.discussions.pageInfo.hasNextPage) break;
      after = data.discussions.pageInfo.endCursor;
    }
    expect(seen).toBe(43);
  });

  test('of a long thread is bounded, and has the counts of all of it', async () => {
    const { structuredData } = await dataOf(forum, 'what-has-many-ties');
    const { suggestedAnswer, answerCount, commentCount } = structuredData.mainEntity;
    expect(suggestedAnswer).toHaveLength(20);
    expect({ answerCount, commentCount }).toEqual({ answerCount: 22, commentCount: 42 });
  });
});
