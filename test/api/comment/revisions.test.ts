import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { type Fixture, openFixture } from './fixture.ts';

const PAGE =
  'totalCount nodes { revision } edges { cursor node { revision } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }';

describe.each(engines)('Comment.revisions on %s', (engine) => {
  let forum: Forum;
  let fixture: Fixture;
  let commentId: string;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    fixture = await openFixture(forum);
    commentId = await fixture.say('ben', 'It is so.');
    forum.wait(1000);
    await fixture.do('ben', 'updateComment', { commentId, body: 'It is not so.' });
    forum.wait(1000);
    await fixture.do('mod', 'updateComment', { commentId, body: 'It was not so.' });
  });
  afterAll(() => forum.close());

  const page = async (id: string, args: string, fields = PAGE) =>
    (await fixture.see(id, `revisions${args && `(${args})`} { ${fields} }`)).revisions;

  test('are all revisions, newest first, with editor, time and changes', async () => {
    const fields = 'nodes { revision editor { name } createdAt body bodyDiff { kind text } }';
    const { nodes } = await page(commentId, '', fields);
    expect(nodes).toEqual([
      {
        ...{ revision: 3, editor: { name: 'mod' }, createdAt: '2026-11-24T00:00:02.000Z' },
        body: 'It was not so.',
        bodyDiff: [
          { kind: 'SAME', text: 'It ' },
          { kind: 'REMOVED', text: 'is' },
          { kind: 'ADDED', text: 'was' },
          { kind: 'SAME', text: ' not so.' },
        ],
      },
      {
        ...{ revision: 2, editor: { name: 'ben' }, createdAt: '2026-11-24T00:00:01.000Z' },
        body: 'It is not so.',
        bodyDiff: [
          { kind: 'SAME', text: 'It is ' },
          { kind: 'ADDED', text: 'not ' },
          { kind: 'SAME', text: 'so.' },
        ],
      },
      {
        ...{ revision: 1, editor: { name: 'ben' }, createdAt: '2026-11-24T00:00:00.000Z' },
        body: 'It is so.',
        bodyDiff: [{ kind: 'ADDED', text: 'It is so.' }],
      },
    ]);
  });

  test('are found by their ids, as the list shows them, while the comment can be seen', async () => {
    const fields =
      '__typename id revision editor { name } createdAt body bodyDiff { kind text } redactedAt comment { id }';
    const id = await fixture.say('ben', 'Once.');
    for (const [who, body] of [
      ['ben', 'Twice.'],
      ['mod', 'Thrice.'],
      ['mod', 'Often.'],
    ] as const)
      await fixture.do(who, 'updateComment', { commentId: id, body });
    await fixture.do('mod', 'redactCommentRevision', { commentId: id, revision: 2 });
    const { nodes } = await page(id, '', `nodes { ${fields} }`);
    const ids: string[] = nodes.map((node: { id: string }) => node.id);
    expect(new Set(ids).size).toBe(4);
    expect(nodes.map((node: { body: string }) => node.body)).toEqual(['Often.', 'Thrice.', '', 'Once.']);
    const look = async () =>
      forum.ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { ... on CommentRevision { ${fields} } } }`, {
        ids,
      });
    expect(await look()).toEqual({ data: { nodes } });
    // a tombstone has no revisions, a comment that is gone neither
    const reply = await fixture.say('ada', 'Below', id);
    for (const commentId of [id, reply]) {
      await fixture.do('mod', 'deleteComment', { commentId });
      const hidden = await look();
      expect(hidden.data).toEqual({ nodes: [null, null, null, null] });
      expect(hidden.errors?.map(({ extensions }) => extensions.code)).toEqual(Array(4).fill('NOT_FOUND'));
    }
    await fixture.do('mod', 'restoreComment', { commentId: id });
    expect(await look()).toEqual({ data: { nodes } });
    await fixture.do(
      'mod',
      'deleteDiscussion',
      { discussionId: fixture.discussionId },
      'deletedDiscussionId',
    );
    expect((await look()).data).toEqual({ nodes: [null, null, null, null] });
    await fixture.do('mod', 'restoreDiscussion', { discussionId: fixture.discussionId });
  });

  test('come in pages of 1, 2 and 7 from either end that make up the whole', async () => {
    const id = await fixture.say('ben', 'text 1');
    for (let n = 2; n <= 9; n++)
      await fixture.do('ben', 'updateComment', { commentId: id, body: `text ${n}` });
    for (const [subject, count] of [
      [id, 9] as const,
      [await fixture.say('ben', 'never edited'), 1] as const,
    ]) {
      const all = Array.from({ length: count }, (_, n) => count - n);
      const numbers = (one: { nodes: { revision: number }[] }) => one.nodes.map(({ revision }) => revision);
      const whole = await page(subject, 'first: 100');
      expect([numbers(whole), whole.totalCount]).toEqual([all, count]);
      for (const size of [1, 2, 7]) {
        const [forward, backward]: [number[], number[]] = [[], []];
        for (let after = '', isMore = true; isMore; ) {
          const one = await page(subject, `first: ${size}${after}`);
          forward.push(...numbers(one));
          isMore = one.pageInfo.hasNextPage;
          after = `, after: "${one.pageInfo.endCursor}"`;
        }
        for (let before = '', isMore = true; isMore; ) {
          const one = await page(subject, `last: ${size}${before}`);
          backward.unshift(...numbers(one));
          isMore = one.pageInfo.hasPreviousPage;
          before = `, before: "${one.pageInfo.startCursor}"`;
        }
        expect([forward, backward]).toEqual([all, all]);
      }
    }
    const { edges } = await page(id, 'first: 100');
    const between = await page(id, `first: 2, after: "${edges[1].cursor}", before: "${edges[6].cursor}"`);
    expect(between.nodes).toEqual([{ revision: 7 }, { revision: 6 }]);
    expect(between.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    expect((await page(id, 'first: 0')).pageInfo).toMatchObject({ hasNextPage: true, startCursor: null });
  });

  test('restoreCommentRevision is one more edit, with the mentions of the restored text', async () => {
    const id = await fixture.say('ben', 'Ask @ada.');
    await fixture.do('ben', 'updateComment', { commentId: id, body: 'Ask nobody.' });
    const fields = 'comment { body revision mentions { handle } }';
    const again = await fixture.do('ben', 'restoreCommentRevision', { commentId: id, revision: 1 }, fields);
    const restored = { body: 'Ask @ada.', revision: 3, mentions: [{ handle: 'ada' }] };
    expect(again.data.restoreCommentRevision.comment).toEqual(restored);
    const before = await fixture.rows();
    for (const revision of [1, 3]) {
      const same = await fixture.do('mod', 'restoreCommentRevision', { commentId: id, revision }, fields);
      expect(same.data.restoreCommentRevision.comment).toEqual(restored);
    }
    const refusals = [
      ['cleo', 1, { code: 'FORBIDDEN', field: 'input.commentId' }],
      ['moira', 1, { code: 'FORBIDDEN', field: 'input.commentId' }],
      [null, 1, { code: 'UNAUTHENTICATED' }],
      ...[0, -1, 4, 2 ** 31 - 1].map((n) => ['ben', n, { code: 'NOT_FOUND', field: 'input.revision' }]),
    ] as [string | null, number, object][];
    for (const [who, revision, expected] of refusals) {
      const refused = await fixture.do(who, 'restoreCommentRevision', { commentId: id, revision });
      expect(refusalOf(refused)).toEqual(expected);
    }
    expect(await fixture.rows()).toEqual(before);
    expect(await fixture.findings()).toEqual([]);
  });

  test.runIf(engine === 'sqlite')('are read by their index alone', async () => {
    const asked = new Set<string>();
    const stop = forum.db.onStatement((sql) => asked.add(sql));
    await page(commentId, 'first: 1');
    stop();
    const sql = [...asked].find((text) => text.includes('comment_revision')) ?? '';
    const explain = { name: 'explain', text: { sqlite: `EXPLAIN QUERY PLAN ${sql}`, postgres: '' } };
    const steps = await forum.db.read.all<{ detail: string }>(explain, Array(4).fill(null));
    expect(steps.map(({ detail }) => detail).filter((step) => step.startsWith('SCAN'))).toEqual([
      'SCAN json_each VIRTUAL TABLE INDEX 1:',
    ]);
    expect(steps.some(({ detail }) => /^SEARCH r USING INDEX .*revision/.test(detail))).toBe(true);
  });

  test('and permissions cost as many statements for twenty comments as for one', async () => {
    const many = await openFixture(forum);
    for (let n = 0; n < 20; n++) {
      const id = await many.say('ben', `remark ${n}`);
      for (let edit = 0; edit <= n % 3; edit++)
        await many.do('ben', 'updateComment', { commentId: id, body: `remark ${n}, edit ${edit}` });
    }
    const may = [
      'update',
      'delete',
      'restore',
      'markAsAnswer',
      'unmarkAsAnswer',
      'markOfficial',
      'vote',
      'reply',
    ];
    const query = `query ($id: ID!, $n: Int!) { node(id: $id) { ... on Discussion { isAnswerChanged answeredBy { name }
      comments(first: $n, orderBy: NEWEST) { nodes { viewerCan { ${may.map((name) => `${name} { isAllowed }`).join(' ')} }
        first: revisions(first: 2) { totalCount nodes { body editor { name } bodyDiff { kind } } }
        last: revisions(last: 2) { nodes { revision editor { name } } } } } } } }`;
    const one = await forum.count(query, { id: many.discussionId, n: 1 });
    const twenty = await forum.count(query, { id: many.discussionId, n: 20 });
    expect(twenty.answer.errors).toBeUndefined();
    expect(twenty.answer.data.node.comments.nodes).toHaveLength(20);
    expect(twenty.statements).toBe(one.statements);
  });
});
