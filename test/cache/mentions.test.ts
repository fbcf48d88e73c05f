// Who is named in a text is found through rows of its mentions, and shown as they are now.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import type { Forum } from '../support/forum.ts';
import { type CachingServer, openCaching } from './caching-server.ts';

const NAMED = `query ($id: ID!) { discussion(id: $id) { mentions { handle name }
  comments(first: 5) { nodes { mentions { handle name } } } } }`;
const OF_DISCUSSION = 'query ($id: ID!) { discussion(id: $id) { bodyHTML mentions { handle } } }';
const OF_COMMENTS =
  'query ($id: ID!) { discussion(id: $id) { comments(first: 5) { nodes { mentions { handle name } } } } }';
const OF_COMMENT = 'query ($id: ID!) { node(id: $id) { ... on Comment { mentions { name } } } }';
const UNNAMED =
  'query ($id: ID!) { discussion(id: $id) { bodyHTML comments(first: 5) { nodes { bodyHTML } } } }';
const PREVIEW =
  'query ($input: PreviewCommentInput!) { previewComment(input: $input) { bodyHTML mentions { handle } } }';

describe.each(engines)('cached answers on %s, with authors whom a text names,', (engine) => {
  let forum: Forum;
  let server: CachingServer;
  let subject: { id: string };
  let comment: { id: string };
  let turn = 0;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ forum, server, close } = await openCaching(engine));
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
  /** Whether each was cached; it must be what would be made anew. */
  async function areCached(...asked: [query: string, variables: object][]): Promise<boolean[]> {
    const cached: boolean[] = [];
    for (const [query, variables] of asked) {
      const { text, statements } = await server.ask(query, variables);
      expect(JSON.parse(text), query).toEqual(await forum.ask(query, { ...variables }));
      cached.push(statements === 0);
    }
    return cached;
  }

  test('go when one of these is renamed or gets another handle, and those that show others stay', async () => {
    const ofBen: [string, object] = [OF_DISCUSSION, subject];
    const ofCleo: [string, object][] = [
      [OF_COMMENTS, subject],
      [OF_COMMENT, comment],
    ];
    const all = [[NAMED, subject] as [string, object], ofBen, ...ofCleo];
    await areCached(...all);
    expect(await areCached(...all)).toEqual([true, true, true, true]);
    await change('ben', { handle: `benny-${turn}` });
    expect(await areCached(...all)).toEqual([false, false, true, true]);
    await change('cleo', { name: `Cleo ${turn}` });
    expect(await areCached(...all)).toEqual([false, true, false, false]);
  });

  test('stay where they show their places in the text alone', async () => {
    await areCached([UNNAMED, subject]);
    await change('ben', { handle: `benny-${turn}` });
    await change('cleo', { name: 'Renamed' });
    expect(await areCached([UNNAMED, subject])).toEqual([true]);
  });

  test('are dropped when the text mentions another author', async () => {
    const asked: [string, object][] = [
      [OF_DISCUSSION, subject],
      [OF_COMMENT, comment],
    ];
    await areCached(...asked);
    const edit = { commentId: comment.id, body: `Ask @ben-${turn}.` };
    await forum.as('ada').do('updateComment', edit, 'comment { id }');
    expect(await areCached(...asked)).toEqual([true, false]);
  });

  test('of a preview, are dropped when an author takes or gives up a handle that it mentions', async () => {
    const asked = { input: { discussionId: subject.id, body: `@ben-${turn} and @taken-${turn}` } };
    const handles = async () => {
      await areCached([PREVIEW, asked]);
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
