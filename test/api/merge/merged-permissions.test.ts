import { beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import type { Forum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { type mergingIn, useMerging } from './merged-forum.ts';

const TEXT = { title: 'Another?', body: 'Another.' };
const URL = { url: 'https://b.example/x', title: 'Elsewhere' };

describe.each(engines)('a merged discussion on %s', (engine) => {
  const merging = useMerging(engine);
  let forum: Forum;
  let tools: ReturnType<typeof mergingIn>;
  let [a, b, c] = ['', '', ''];
  beforeEach(() => {
    ({ forum, tools, a, b, c } = merging());
  });
  const by = (name: string) => (name === 'guest' ? forum : forum.as(name));

  test('permits to each what its mutations permit', async () => {
    const commentId = await tools.commentIn(a, 'ben', 'One');
    await tools.merge(a, b);
    await forum.as('mod').do('lockDiscussion', { discussionId: b }, 'clientMutationId');
    const mutations: Readonly<Record<string, readonly [string, object]>> = {
      update: ['updateDiscussion', { discussionId: a, ...TEXT }],
      delete: ['deleteDiscussion', { discussionId: a }],
      restore: ['restoreDiscussion', { discussionId: a }],
      pin: ['pinDiscussion', { discussionId: a }],
      lock: ['lockDiscussion', { discussionId: a }],
      close: ['closeDiscussion', { discussionId: a }],
      markDuplicate: ['markDuplicate', { discussionId: a, originalId: c }],
      redactRevision: ['redactDiscussionRevision', { discussionId: a, revision: 1 }],
      relate: ['addRelatedDiscussion', { discussionId: a, ...URL }],
      vote: ['setVote', { subjectId: a, direction: 'UP' }],
      comment: ['addComment', { discussionId: a, body: 'Two' }],
    };
    const others = ['markAsAnswer', 'merge', 'split'];
    const fields = [...Object.keys(mutations), ...others];
    const listed = (await forum.ask('{ __type(name: "DiscussionPermissions") { fields { name } } }')).data;
    expect(listed.__type.fields.map(({ name }: { name: string }) => name).sort()).toEqual(fields.toSorted());
    const query = `{ node(id: "${a}") { ... on Discussion { viewerCan { ${fields
      .map((name) => `${name} { code }`)
      .join(' ')} } } } }`;
    for (const name of ['guest', 'ada', 'ben', 'mod']) {
      const can = (await by(name).ask(query)).data.node.viewerCan;
      for (const [field, [mutation, input]] of Object.entries(mutations)) {
        const answer = await by(name).do(mutation, { ...input }, 'clientMutationId');
        const code = answer.errors ? refusalOf(answer).code : null;
        expect([name, field, can[field].code]).toEqual([name, field, code]);
      }
      const closed = name === 'guest' ? 'UNAUTHENTICATED' : 'CONFLICT';
      expect([can.markAsAnswer.code, can.split.code]).toEqual([closed, closed]);
    }
    expect((await forum.as('mod').ask(query)).data.node.viewerCan.merge.code).toBeNull();
    // its answer and its comments are those of the other one
    const marked = await forum.as('mod').do('markCommentAsAnswer', { commentId }, 'comment { id }');
    expect(marked.errors).toBeUndefined();
  });

  test('has no revisions, neither counted nor listed', async () => {
    await forum.as('ada').do('updateDiscussion', { discussionId: a, ...TEXT }, 'clientMutationId');
    await tools.merge(a, b);
    const query = `{ node(id: "${a}") { ... on Discussion {
      revisions(first: 1) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage } }
      mergedComment { revisions { totalCount } } } } }`;
    expect((await forum.ask(query)).data.node).toEqual({
      revisions: { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } },
      mergedComment: { revisions: { totalCount: 2 } },
    });
  });

  test('a preview of a comment follows the merge as the comment does', async () => {
    const replyToId = await tools.commentIn(b, 'ben', 'One');
    await tools.merge(a, b);
    const preview = async (name: string) => {
      const query = `query ($input: PreviewCommentInput!) { previewComment(input: $input) {
        permission { code } problems { code field } } }`;
      const input = { discussionId: a, replyToId, body: 'Two' };
      return (await forum.as(name).ask(query, { input })).data.previewComment;
    };
    expect(await preview('ada')).toEqual({ permission: { code: null }, problems: [] });
    await forum.as('mod').do('lockDiscussion', { discussionId: b }, 'clientMutationId');
    expect((await preview('ada')).permission).toEqual({ code: 'LOCKED' });
    await forum.as('mod').do('deleteDiscussion', { discussionId: b }, 'clientMutationId');
    expect((await preview('ada')).permission).toEqual({ code: 'NOT_FOUND' });
  });
});
