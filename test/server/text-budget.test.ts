import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/server/app.ts';
import { type Apps, openApps, send } from '../support/app.ts';
import { engines } from '../support/database.ts';

const REFUSED = {
  errors: [
    {
      message:
        'The texts that the operation reads are larger than 200000 bytes. Request less, or split it into several operations.',
      extensions: { code: 'QUERY_TOO_COMPLEX' },
    },
  ],
};

describe.each(engines)('texts on %s', (engine) => {
  let apps: Apps;
  let app: App;
  const discussions: string[] = [];
  const comments: string[] = [];
  beforeAll(async () => {
    apps = await openApps(engine);
    app = await apps.open({ ANSWER_BYTES_MAX: '100000', RATE_LIMITS: 'off' });
    const key = await apps.key('ada');
    const ask = async (query: string, variables: object): Promise<string> =>
      JSON.stringify((await send(app, query, { key, variables })).body).match(/"id":"([^"]+)"/)?.[1] ?? '';
    for (const title of ['One', 'Two']) {
      const discussionId = await ask(
        'mutation ($title: String!) { createDiscussion(input: { title: $title, body: "short" }) { discussion { id } } }',
        { title },
      );
      discussions.push(discussionId);
      for (const letter of ['a', 'b']) {
        const body = letter.repeat(60_000);
        const input = { discussionId, body };
        const add = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }';
        comments.push(await ask(add, { input }));
        await ask(
          'mutation ($input: UpdateCommentInput!) { updateComment(input: $input) { comment { id } } }',
          { input: { commentId: comments.at(-1), body: `${body.slice(1)}!` } },
        );
      }
    }
  });
  afterAll(() => apps.close());

  const nested = (fields: string, size = 100) =>
    `{ discussions(first: ${size}) { nodes { comments(first: ${size}) { nodes { ${fields} } } } } }`;

  test.each([
    ['of nested pages', nested('body')],
    ['of nested pages, beside introspection', `{ __type(name: "Query") { name } ${nested('body').slice(1)}`],
    ['of nested revisions', nested('revisions(first: 100) { nodes { revision } }', 20)],
    [
      'of pages under many names',
      `{ ${[0, 1, 2].map((n) => `a${n}: discussions(first: 50) { nodes { body comments(first: 60) { nodes { body } } } }`).join(' ')} }`,
    ],
  ])('%s are refused as a whole if they are much larger than an answer may be', async (_what, query) => {
    const { body } = await send(app, query);
    expect(body).toEqual(REFUSED);
  });

  test('that the operation does not select are not counted', async () => {
    const { body } = await send(app, nested('id isOfficial'));
    expect(body.errors).toBeUndefined();
    expect(
      body.data.discussions.nodes.map((one: { comments: { nodes: [] } }) => one.comments.nodes.length),
    ).toEqual([2, 2]);
  });

  test('of a page are read if they fit', async () => {
    const { body } = await send(
      app,
      'query ($id: ID!) { discussion(id: $id) { comments(first: 1) { nodes { body replies(first: 100) { nodes { body } } } } } }',
      { variables: { id: discussions[0] } },
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.discussion.comments.nodes[0].body).toHaveLength(60_000);
  });
});
