import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../../src/package-root.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const QUERY = `{
  discussion(slug: "what-is-the-difference-between-iso-and-soc2") {
    title slug url body bodyText createdAgo createdAtIsApproximate netUpvotes upvoteCount downvoteCount viewerVote
    author { name } pin { label expiresAt } isLocked isClosed isAnswered commentCount
    product { name slug url } category { name slug url }
    comments { totalCount nodes {
      bodyText createdAgo createdAtIsApproximate netUpvotes depth isDeleted descendantCount author { name jobTitle }
    } }
    relatedDiscussions { title url createdAgo commentCount discussion { id } }
  }
}`;

/** The document's words between two of its lines, as plain text: what the API must answer for them. */
const seedDocument = readFileSync(path.join(packageRoot, 'seed/01-iso-and-soc2.md'), 'utf8');
function bodyOfComment(number: number): string {
  const [, after = ''] = seedDocument.split(`### Comment ${number}\n`);
  const [body = ''] = after.split('##### Comment Metadata');
  return body
    .trim()
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll(/\n+/g, '\n')
    .replaceAll(/ +/g, ' ');
}

describe.each(engines)('the seeded discussion on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
  });
  afterAll(() => forum.close());

  test('answers its document field by field', async () => {
    const { data, errors } = await forum.ask(QUERY);
    expect(errors).toBeUndefined();
    const { comments, ...discussion } = data.discussion;
    expect(discussion).toEqual({
      title: 'What is the difference between ISO and soc2?',
      slug: 'what-is-the-difference-between-iso-and-soc2',
      url: 'https://forum.example/discussions/what-is-the-difference-between-iso-and-soc2',
      body: 'What is the difference between ISO and soc2?',
      bodyText: 'What is the difference between ISO and soc2?',
      createdAgo: 'almost 4 years ago',
      createdAtIsApproximate: true,
      netUpvotes: 0,
      upvoteCount: 0,
      downvoteCount: 0,
      viewerVote: 'NONE',
      author: null,
      pin: { label: 'Pinned by G2 as a common question', expiresAt: null },
      isLocked: false,
      isClosed: false,
      isAnswered: false,
      commentCount: 4,
      product: {
        name: 'Secureframe',
        slug: 'secureframe',
        url: 'https://www.g2.com/products/secureframe/reviews',
      },
      category: {
        name: 'Security Compliance',
        slug: 'security-compliance',
        url: 'https://www.g2.com/categories/security-compliance',
      },
      relatedDiscussions: [
        {
          title: 'How well does Trello scale into a larger team?',
          url: 'https://www.g2.com/discussions/1-how-well-does-trello-scale-into-a-larger-team',
          createdAgo: 'almost 13 years ago',
          commentCount: 6,
          discussion: null,
        },
        {
          title: 'Can we please add a new section',
          url: 'https://www.g2.com/discussions/2-can-we-please-add-a-new-section',
          createdAgo: 'almost 13 years ago',
          commentCount: 0,
          discussion: null,
        },
        {
          title: 'Quantifiable benefits from implementing your CRM',
          url: 'https://www.g2.com/discussions/quantifiable-benefits-from-implementing-your-crm',
          createdAgo: 'almost 13 years ago',
          commentCount: 4,
          discussion: null,
        },
      ],
    });
    const rest = { createdAtIsApproximate: true, depth: 0, isDeleted: false, descendantCount: 0 };
    expect(comments).toEqual({
      totalCount: 4,
      nodes: [
        {
          ...rest,
          bodyText: bodyOfComment(1),
          createdAgo: '8 months ago',
          netUpvotes: 2,
          author: { name: null, jobTitle: 'Art Director & Creative Business Developer' },
        },
        {
          ...rest,
          bodyText: bodyOfComment(2),
          createdAgo: '4 months ago',
          netUpvotes: 1,
          author: { name: null, jobTitle: 'Sales Director at The Kraft Heinz Not Company' },
        },
        { ...rest, bodyText: bodyOfComment(3), createdAgo: 'about 3 years ago', netUpvotes: 0, author: null },
        {
          ...rest,
          bodyText: bodyOfComment(4),
          createdAgo: 'almost 4 years ago',
          netUpvotes: 0,
          author: { name: null, jobTitle: 'Engineer' },
        },
      ],
    });
  });

  test('is found by its slug, its id and its url, each alone', async () => {
    const slug = 'what-is-the-difference-between-iso-and-soc2';
    const bySlug = await forum.ask(`{ discussion(slug: "${slug}") { id url } }`);
    const { id, url } = bySlug.data.discussion;
    const others = await forum.ask(
      'query ($id: ID!, $url: URI!) { byId: discussion(id: $id) { id } byUrl: discussion(url: $url) { id } node(id: $id) { id __typename } }',
      { id, url: `${url}/?utm=1#comments` },
    );
    expect(others.data).toEqual({ byId: { id }, byUrl: { id }, node: { id, __typename: 'Discussion' } });
  });

  test.each([
    ['discussion(slug: "no-such")', 'NOT_FOUND', 'slug', 'No discussion has the slug "no-such".'],
    [
      'discussion(id: "D_00000000000000000000000000")',
      'NOT_FOUND',
      'id',
      'No discussion has the id "D_00000000000000000000000000".',
    ],
    ['discussion(id: "nonsense")', 'NOT_FOUND', 'id', 'No discussion has the id "nonsense".'],
    [
      'discussion(id: "C_00000000000000000000000000")',
      'NOT_FOUND',
      'id',
      'No discussion has the id "C_00000000000000000000000000".',
    ],
    [
      'discussion(url: "https://elsewhere.example/discussions/x")',
      'NOT_FOUND',
      'url',
      'No discussion has the url "https://elsewhere.example/discussions/x".',
    ],
    ['discussion', 'BAD_USER_INPUT', 'id', 'Give exactly one of `id`, `slug`, `url` and `externalId`.'],
    [
      'discussion(slug: "a", id: "b")',
      'BAD_USER_INPUT',
      'slug',
      'Give exactly one of `id`, `slug`, `url` and `externalId`.',
    ],
    [
      'discussion(slug: "a\\u0000b")',
      'BAD_USER_INPUT',
      'slug',
      'Text cannot contain U+0000 or an unpaired surrogate.',
    ],
  ])('%s answers null and %s on %s', async (field, code, at, message) => {
    const { data, errors } = await forum.ask(`{ ${field} { id } }`);
    expect(data?.discussion ?? null).toBeNull();
    expect(errors).toMatchObject([{ message, extensions: { code, field: at } }]);
  });

  test('half of a surrogate pair in a variable is refused with the variable’s name', async () => {
    const { errors } = await forum.ask('query ($slug: String) { discussion(slug: $slug) { id } }', {
      slug: '\ud83d',
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'slug' } }]);
  });

  test('U+0000 as what a variable is by default is refused with the variable’s name', async () => {
    const { errors } = await forum.ask(
      'query ($slug: String = "a\\u0000b") { discussion(slug: $slug) { id } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'slug' } }]);
  });

  test('a deleted discussion answers as one that never was, by every way in', async () => {
    const { data } = await forum.ask(
      '{ discussions(first: 1, orderBy: MOST_COMMENTS) { totalCount nodes { id slug url category { slug } } } }',
    );
    const [{ id, slug, url }] = data.discussions.nodes;
    const rowId = id.slice(2);
    const { data: inside } = await forum.ask(
      'query ($id: ID!) { discussion(id: $id) { comments(first: 1) { nodes { id } } } }',
      { id },
    );
    const commentId = inside.discussion.comments.nodes[0].id;
    await forum.db.write((tx) =>
      tx.discussion.update({ where: { id: rowId }, data: { deletedAt: new Date() } }),
    );
    const gone = await forum.ask(
      `query ($id: ID!, $slug: String!, $url: URI!, $comment: ID!) {
        byId: discussion(id: $id) { id } bySlug: discussion(slug: $slug) { id } byUrl: discussion(url: $url) { id }
        node(id: $id) { id } comment: node(id: $comment) { id } discussions(first: 100) { totalCount nodes { id } }
      }`,
      { id, slug, url, comment: commentId },
    );
    expect(gone.data).toMatchObject({ byId: null, bySlug: null, byUrl: null, node: null, comment: null });
    expect(gone.errors?.map((error) => error.extensions.code)).toEqual(Array(5).fill('NOT_FOUND'));
    expect(gone.data.discussions.totalCount).toBe(data.discussions.totalCount - 1);
    expect(gone.data.discussions.nodes.map((node: { id: string }) => node.id)).not.toContain(id);
    await forum.db.write((tx) => tx.discussion.update({ where: { id: rowId }, data: { deletedAt: null } }));
  });
});
