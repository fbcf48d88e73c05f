import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { threadDocument } from '../../support/documents.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const document = threadDocument({
  title: 'What grows where?',
  comments: [
    { body: 'Oak', net: 3, postedAt: '9 days', more: ['Author name: Ada', 'Official response: yes'] },
    { body: 'Under the oak', postedAt: '8 days', more: ['Reply to: Comment 1', 'Verified user: yes'] },
    { body: 'Deeper', postedAt: '7 days', more: ['Reply to: Comment 2', 'Accepted answer: yes'] },
    { body: 'Elm', net: -2, postedAt: '6 days' },
    { body: 'Secret', postedAt: '5 days', more: ['Author name: Ben', 'Deleted: yes'] },
    { body: 'On what was said', postedAt: '4 days', more: ['Reply to: Comment 5'] },
    { body: 'Forgotten', postedAt: '3 days', more: ['Deleted: yes'] },
    { body: 'Fern', postedAt: '2 days', more: ['Reply to: Comment 1', 'Last edited at: 1 day'] },
  ],
});

describe.each(engines)('comments on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await forum.load(document);
  });
  afterAll(() => forum.close());

  const ask = async (fields: string) => {
    const { data, errors } = await forum.ask(`{ discussion(slug: "what-grows-where") { ${fields} } }`);
    expect(errors).toBeUndefined();
    return data.discussion;
  };

  test('stand below what they reply to, the oldest reply first, and are counted at every level', async () => {
    const discussion = await ask(`commentCount comments(orderBy: OLDEST) { totalCount nodes {
      bodyText depth descendantCount replies { totalCount nodes {
        bodyText depth descendantCount replyTo { bodyText } replies { totalCount nodes { bodyText depth } } } } } }`);
    expect(discussion.commentCount).toBe(6);
    expect(discussion.comments.totalCount).toBe(3);
    expect(discussion.comments.nodes[0]).toEqual({
      bodyText: 'Oak',
      depth: 0,
      descendantCount: 3,
      replies: {
        totalCount: 2,
        nodes: [
          {
            bodyText: 'Under the oak',
            depth: 1,
            descendantCount: 1,
            replyTo: { bodyText: 'Oak' },
            replies: { totalCount: 1, nodes: [{ bodyText: 'Deeper', depth: 2 }] },
          },
          {
            bodyText: 'Fern',
            depth: 1,
            descendantCount: 0,
            replyTo: { bodyText: 'Oak' },
            replies: { totalCount: 0, nodes: [] },
          },
        ],
      },
    });
  });

  test('that were deleted keep their place while something stands below, and say nothing', async () => {
    const discussion = await ask(
      'comments(orderBy: OLDEST) { nodes { bodyText body bodyHTML isDeleted author { name } replies { nodes { bodyText } } } }',
    );
    expect(discussion.comments.nodes.map((node: { bodyText: string }) => node.bodyText)).toEqual([
      'Oak',
      'Elm',
      '',
    ]);
    expect(discussion.comments.nodes[2]).toEqual({
      bodyText: '',
      body: '',
      bodyHTML: '',
      isDeleted: true,
      author: null,
      replies: { nodes: [{ bodyText: 'On what was said' }] },
    });
  });

  test('that are deleted with nothing below answer as if they never were, by their id too', async () => {
    const row = await forum.db.write((tx) => tx.comment.findFirstOrThrow({ where: { body: 'Forgotten' } }));
    const { data, errors } = await forum.ask(`{ node(id: "C_${row.id}") { id } }`);
    expect(data.node).toBeNull();
    expect(errors).toMatchObject([
      { message: `No object has the id "C_${row.id}".`, extensions: { code: 'NOT_FOUND' } },
    ]);
  });

  test.each([
    ['BEST', ['Oak', '', 'Elm']],
    ['TOP', ['Oak', '', 'Elm']],
    ['NEWEST', ['', 'Elm', 'Oak']],
    ['OLDEST', ['Oak', 'Elm', '']],
    ['CONTROVERSIAL', ['', 'Elm', 'Oak']],
  ])('in the order %s stand as %j', async (order, texts) => {
    const { comments } = await ask(`comments(orderBy: ${order}) { nodes { bodyText } }`);
    expect(comments.nodes.map((node: { bodyText: string }) => node.bodyText)).toEqual(texts);
  });

  test('carry what they are: answer, official, verified, edited, and where they stand', async () => {
    const discussion = await ask(`id url isAnswered answer { id bodyText isAnswer url discussion { title } }
      lastComment { bodyText } lastActivityAt comments(orderBy: OLDEST, first: 1) { nodes {
        isOfficial isAnswer netUpvotes upvoteCount downvoteCount viewerVote author { name role }
        replies { nodes { isOfficial isVerifiedUser lastEditedAt createdAt } } } }`);
    expect(discussion.isAnswered).toBe(true);
    expect(discussion.answer).toEqual({
      id: discussion.answer.id,
      bodyText: 'Deeper',
      isAnswer: true,
      url: `${discussion.url}#${discussion.answer.id}`,
      discussion: { title: 'What grows where?' },
    });
    expect(discussion.lastComment).toEqual({ bodyText: 'Fern' });
    const [oak] = discussion.comments.nodes;
    const [under, fern] = oak.replies.nodes;
    expect(oak).toMatchObject({
      isOfficial: true,
      isAnswer: false,
      netUpvotes: 3,
      upvoteCount: 3,
      downvoteCount: 0,
      viewerVote: 'NONE',
      author: { name: 'Ada', role: 'MEMBER' },
    });
    expect(under).toMatchObject({ isOfficial: false, isVerifiedUser: true, lastEditedAt: null });
    expect(fern.lastEditedAt > fern.createdAt).toBe(true);
    expect(discussion.lastActivityAt).toBe(fern.createdAt);
  });

  test('of an author stand the newest first, without deleted ones', async () => {
    const { data } = await forum.ask(
      '{ discussion(slug: "what-grows-where") { comments(orderBy: OLDEST, first: 1) { nodes { author { id name comments { totalCount nodes { bodyText } } } } } } }',
    );
    const [{ author }] = data.discussion.comments.nodes;
    expect(author).toEqual({
      id: author.id,
      name: 'Ada',
      comments: { totalCount: 1, nodes: [{ bodyText: 'Oak' }] },
    });
    const again = await forum.ask(
      'query ($id: ID!) { author(id: $id) { name } node(id: $id) { ... on Author { name } } }',
      { id: author.id },
    );
    expect(again.data).toEqual({ author: { name: 'Ada' }, node: { name: 'Ada' } });
  });
});
