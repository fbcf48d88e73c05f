// Who is named in a text is found through rows of its mentions, and shown as they are now.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import type { Forum } from '../support/forum.ts';
import { openReusing, type ReusingServer } from './caching-server.ts';

const NAMED = `query ($id: ID!) { discussion(id: $id) { mentions { handle name }
  comments(first: 5) { nodes { mentions { handle name } } } } }`;
const OF_DISCUSSION = 'query ($id: ID!) { discussion(id: $id) { bodyHTML mentions { handle } } }';
const OF_COMMENTS =
  'query ($id: ID!) { discussion(id: $id) { comments(first: 5) { nodes { mentions { handle name } } } } }';
const OF_COMMENT = 'query ($id: ID!) { node(id: $id) { ... on Comment { mentions { name } } } }';
const UNNAMED =
  'query ($id: ID!) { discussion(id: $id) { bodyHTML comments(first: 5) { nodes { bodyHTML } } } }';
const PERSONAL = `query ($id: ID!) { discussion(id: $id) { viewerVote mentions { handle }
  comments(first: 5) { nodes { viewerVote mentions { handle name } } } } }`;
const PREVIEW =
  'query ($input: PreviewCommentInput!) { previewComment(input: $input) { bodyHTML mentions { handle } } }';

describe.each(engines)('answers given again on %s, with authors whom a text names,', (engine) => {
  let forum: Forum;
  let server: ReusingServer;
  let subject: { id: string };
  let comment: { id: string };
  let turn = 0;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ forum, server, close } = await openReusing(engine));
  });
  afterAll(() => close());
  const change = async (name: string, input: Record<string, unknown>) =>
    expect((await forum.as(name).do('updateAuthor', input, 'author { id }')).errors).toBeUndefined();
  beforeEach(async () => {
    turn++;
    await change('ben', { handle: `ben-${turn}` });
    await change('cleo', { handle: `cleo-${turn}` });
    const input = { title: `Turn ${turn}`, body: `@ben-${turn}, why?` };
    const { data } = await forum.as('ada').do('createDiscussion', input, 'discussion { id }');
    subject = data.createDiscussion.discussion;
    const reply = { discussionId: subject.id, body: `Ask @cleo-${turn}.` };
    comment = (await forum.as('ada').do('addComment', reply, 'comment { id }')).data.addComment.comment;
  });
  /** Whether each was kept; what is given is always what would be made anew. */
  async function areKept(...asked: [query: string, variables: object][]): Promise<boolean[]> {
    const kept: boolean[] = [];
    for (const [query, variables] of asked) {
      const { text, statements } = await server.ask(query, variables);
      expect(JSON.parse(text), query).toEqual(await forum.ask(query, { ...variables }));
      kept.push(statements === 0);
    }
    return kept;
  }

  test('go when one of these is renamed or gets another handle, and those that show others stay', async () => {
    const ofBen: [string, object] = [OF_DISCUSSION, subject];
    const ofCleo: [string, object][] = [
      [OF_COMMENTS, subject],
      [OF_COMMENT, comment],
    ];
    const all = [[NAMED, subject] as [string, object], ofBen, ...ofCleo];
    await areKept(...all);
    expect(await areKept(...all)).toEqual([true, true, true, true]);
    await change('ben', { handle: `benny-${turn}` });
    expect(await areKept(...all)).toEqual([false, false, true, true]);
    await change('cleo', { name: `Cleo ${turn}` });
    expect(await areKept(...all)).toEqual([false, true, false, false]);
  });

  test('stay where they show their places in the text alone', async () => {
    await areKept([UNNAMED, subject]);
    await change('ben', { handle: `benny-${turn}` });
    await change('cleo', { name: 'Renamed' });
    expect(await areKept([UNNAMED, subject])).toEqual([true]);
  });

  test('go when the text names somebody else', async () => {
    const asked: [string, object][] = [
      [OF_DISCUSSION, subject],
      [OF_COMMENT, comment],
    ];
    await areKept(...asked);
    const edit = { commentId: comment.id, body: `Ask @ben-${turn}.` };
    await forum.as('ada').do('updateComment', edit, 'comment { id }');
    expect(await areKept(...asked)).toEqual([true, false]);
  });

  test('to members go as well, where they are made of rows that members share', async () => {
    const [ben, cleo] = [await forum.as('ben').token(), await forum.as('cleo').token()];
    for (let times = 0; times < 3; times++)
      for (const token of [ben, cleo]) await server.ask(PERSONAL, subject, token);
    await change('ben', { handle: `benny-${turn}` });
    await change('cleo', { name: `Cleo ${turn}` });
    for (const [name, token] of [
      ['ben', ben],
      ['cleo', cleo],
    ] as const) {
      const { text } = await server.ask(PERSONAL, subject, token);
      expect(JSON.parse(text)).toEqual(await forum.as(name).ask(PERSONAL, { ...subject }));
      expect(text).toContain(`"handle":"benny-${turn}"`);
      expect(text).toContain(`"name":"Cleo ${turn}"`);
    }
  });

  test('of a preview, go when somebody takes or leaves a handle that it names', async () => {
    const asked = { input: { discussionId: subject.id, body: `@ben-${turn} and @taken-${turn}` } };
    const handles = async () => {
      await areKept([PREVIEW, asked]);
      const { text } = await server.ask(PREVIEW, asked);
      return JSON.parse(text).data.previewComment.mentions.map(({ handle }: { handle: string }) => handle);
    };
    expect(await handles()).toEqual([`ben-${turn}`]);
    await change('cleo', { handle: `taken-${turn}` });
    expect(await handles()).toEqual([`ben-${turn}`, `taken-${turn}`]);
    await change('ben', { handle: `left-${turn}` });
    expect(await handles()).toEqual([`taken-${turn}`]);
  });
});
