import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { threadDocument } from '../../support/documents.ts';
import { type Answer, type Forum, openForum } from '../../support/forum.ts';
import { type Fixture, openFixture } from './fixture.ts';

interface Node {
  readonly id: string;
  readonly bodyText: string;
  readonly position: number;
}

const texts = ({ nodes }: { nodes: Node[] }) => nodes.map((node) => node.bodyText);

describe.each(engines)('allComments on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await forum.load(
      threadDocument({
        title: 'What grows where?',
        comments: [
          { body: 'Young', postedAt: '1 day' },
          { body: 'Old', postedAt: '9 days' },
          { body: 'Under old, late', postedAt: '2 days', more: ['Reply to: Comment 2'] },
          { body: 'Under old, early', postedAt: '8 days', more: ['Reply to: Comment 2'] },
          { body: 'Deepest', postedAt: '3 days', more: ['Reply to: Comment 4'] },
          { body: 'Secret', postedAt: '5 days', more: ['Deleted: yes'] },
          { body: 'On what was said', postedAt: '4 days', more: ['Reply to: Comment 6'] },
          { body: 'Forgotten', postedAt: '6 days', more: ['Deleted: yes'] },
        ],
      }),
    );
  });
  afterAll(() => forum.close());

  const ask = async (fields: string): Promise<Answer['data']> => {
    const { data, errors } = await forum.ask(`{ discussion(slug: "what-grows-where") { ${fields} } }`);
    expect(errors).toBeUndefined();
    return data.discussion;
  };

  test('lists each comment before its replies, siblings oldest first, with tombstones of deleted ones', async () => {
    const { allComments } = await ask(`allComments { totalCount nodes {
      id bodyText depth position isDeleted replyToId replyTo { id } ancestors { bodyText } } }`);
    expect(allComments.totalCount).toBe(7);
    expect(
      allComments.nodes.map((node: Record<string, unknown>) => [
        node['position'],
        node['depth'],
        node['bodyText'],
      ]),
    ).toEqual([
      [1, 0, 'Old'],
      [2, 1, 'Under old, early'],
      [3, 2, 'Deepest'],
      [4, 1, 'Under old, late'],
      [5, 0, ''],
      [6, 1, 'On what was said'],
      [7, 0, 'Young'],
    ]);
    for (const { replyToId, replyTo } of allComments.nodes) expect(replyToId).toBe(replyTo?.id ?? null);
    expect(texts({ nodes: allComments.nodes[2].ancestors })).toEqual(['Under old, early', 'Old']);
  });

  test.each([
    ['NEWEST', ['Young', 'Under old, late', 'Deepest', 'On what was said', '', 'Under old, early', 'Old']],
    ['OLDEST', ['Old', 'Under old, early', '', 'On what was said', 'Deepest', 'Under old, late', 'Young']],
  ])('in the order %s lists all depths by time', async (order, wanted) => {
    const { allComments } = await ask(`allComments(orderBy: ${order}) { nodes { bodyText } }`);
    expect(texts(allComments)).toEqual(wanted);
  });

  test('a position is the same in whatever list the comment stands, and alone', async () => {
    const { allComments, comments } = await ask(`allComments { nodes { id position } }
      comments(orderBy: NEWEST) { nodes { id position replies { nodes { id position } } } }`);
    const positions = new Map(allComments.nodes.map((node: Node) => [node.id, node.position]));
    for (const { id, position, replies } of comments.nodes) {
      expect(position).toBe(positions.get(id));
      for (const reply of replies.nodes) expect(reply.position).toBe(positions.get(reply.id));
      const { data } = await forum.ask(`{ node(id: "${id}") { ... on Comment { position } } }`);
      expect(data.node.position).toBe(position);
    }
  });

  test('imported again with corrected times, it is in the order of the new times', async () => {
    const title = 'What moves?';
    const comments = [
      { body: 'First', postedAt: '9 days' },
      { body: 'Below first', postedAt: '7 days', more: ['Reply to: Comment 1'] },
      { body: 'Second', postedAt: '8 days' },
    ];
    const order = async () => {
      const { data } = await forum.ask(
        '{ discussion(slug: "what-moves") { allComments { nodes { bodyText } } } }',
      );
      return texts(data.discussion.allComments);
    };
    await forum.load(threadDocument({ title, comments }));
    expect(await order()).toEqual(['First', 'Below first', 'Second']);
    const later = comments.map((one) => (one.body === 'First' ? { ...one, postedAt: '3 days' } : one));
    await forum.load(threadDocument({ title, comments: later }));
    expect(await order()).toEqual(['Second', 'First', 'Below first']);
  });
});

describe.each(engines)('a thread of eleven levels on %s', (engine) => {
  let forum: Forum;
  let fixture: Fixture;
  const ids: string[] = [];
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    fixture = await openFixture(forum);
    for (const chain of [0, 1, 2, 3, 4, 5, 6]) {
      let above: string | undefined;
      for (let depth = 0; depth <= 10; depth++) {
        forum.wait(1_000);
        above = await fixture.say('ada', `${chain}.${depth}`, above);
        ids.push(above);
      }
    }
  });
  afterAll(() => forum.close());

  test('is read with edges and viewerCan within the default limits, as it was written', async () => {
    const { data, errors } = await forum.as('ben').ask(
      `query ($id: ID!) { discussion(id: $id) { allComments(first: 100) {
        totalCount pageInfo { hasNextPage }
        edges { cursor node { id depth replyToId bodyHTML author { name } viewerVote
          viewerCan { reply { isAllowed } update { isAllowed } delete { isAllowed } markAsAnswer { isAllowed } } } } } } }`,
      { id: fixture.discussionId },
    );
    expect(errors).toBeUndefined();
    const { edges, totalCount } = data.discussion.allComments;
    expect(edges.map((edge: { node: Node }) => edge.node.id)).toEqual(ids);
    expect(totalCount).toBe(77);
    expect(edges[10].node).toMatchObject({ depth: 10, viewerCan: { reply: { isAllowed: false } } });
    expect(await fixture.findings()).toEqual([]);
  });

  test('a comment that is deleted and restored leaves the list and returns to its place', async () => {
    const last = ids[76] as string;
    const list = async () => {
      const { data } = await forum.ask(
        'query ($id: ID!) { discussion(id: $id) { allComments(first: 100) { totalCount nodes { id } } } }',
        { id: fixture.discussionId },
      );
      return data.discussion.allComments;
    };
    const before = await list();
    await fixture.do('ada', 'deleteComment', { commentId: last });
    const without = await list();
    expect(without.totalCount).toBe(76);
    expect(without.nodes.map((node: Node) => node.id)).not.toContain(last);
    await fixture.do('ada', 'restoreComment', { commentId: last });
    expect(await list()).toEqual(before);
  });
});
