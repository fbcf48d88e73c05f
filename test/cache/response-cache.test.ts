import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statement } from '../../src/store/index.ts';
import { engines } from '../support/database.ts';
import { CAPTURED_AT, type Forum } from '../support/forum.ts';
import { type CachingServer, openCaching, startCaching } from './caching-server.ts';

const PAGE = `query ($id: ID!) { discussion(id: $id) {
  title commentCount netUpvotes author { name } category { name } tags { name }
  relatedDiscussions(first: 5) { title commentCount }
  comments(first: 20) { totalCount nodes { body netUpvotes author { name } replies(first: 3) { nodes { body } } } } } }`;
const BODIES =
  'query ($id: ID!) { discussion(id: $id) { netUpvotes comments(first: 20) { nodes { body } } } }';
const NEWEST =
  '{ discussions(first: 50, orderBy: NEWEST) { totalCount nodes { title netUpvotes commentCount } } }';
const FIRST = '{ discussions(first: 1, orderBy: NEWEST) { nodes { title } } }';
const TOP = '{ discussions(first: 2, orderBy: TOP) { nodes { title netUpvotes } } }';
const AGO = '{ discussions(first: 1, orderBy: NEWEST) { nodes { createdAgo } } }';
const UNPINNED = '{ discussions(first: 1, filter: { isPinned: false }) { nodes { title } } }';
const MINE = 'query ($id: ID!) { discussion(id: $id) { viewerVote } }';
const STATES = 'query ($id: ID!) { discussion(id: $id) { revisions(first: 1) { nodes { id } } } }';
const STATE = 'query ($id: ID!) { node(id: $id) { ... on DiscussionRevision { title body } } }';
const PINNED = 'query ($slug: String!) { pinnedDiscussions(categorySlug: $slug) { title } }';
const SHARED = 'query ($id: ID!) { discussion(id: $id) { title } }';

describe.each(engines)('cached answers on %s', (engine) => {
  let forum: Forum;
  let server: CachingServer;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ forum, server, close } = await openCaching(engine));
  });
  afterAll(() => close());

  async function start(title: string): Promise<{ id: string }> {
    const { data } = await forum
      .as('ada')
      .do('createDiscussion', { title, body: 'Why?' }, 'discussion { id }');
    return { id: data.createDiscussion.discussion.id };
  }
  const add = async (discussionId: string, who = 'ben') =>
    (await forum.as(who).do('addComment', { discussionId, body: 'So.' }, 'comment { id }')).data.addComment
      .comment.id as string;
  const vote = (subjectId: string, who = 'cleo', direction = 'UP') =>
    forum.as(who).do('setVote', { subjectId, direction }, 'subject { netUpvotes }');
  /** Whether an answer was cached; it must be as a server without a cache gives it. */
  async function isCached(query: string, variables: object = {}, token?: string): Promise<boolean> {
    const { text, statements } = await server.ask(query, variables, token);
    const fresh = await forum.ask(query, { ...variables });
    if (token === undefined) expect(JSON.parse(text)).toEqual(fresh);
    const isAgain = statements === 0;
    if (!isAgain) expect((await server.ask(query, variables, token)).text).toBe(text);
    return isAgain;
  }

  test('are given compressed as they are given plain, and dropped alike', async () => {
    const { id } = await start('Compressed');
    // longer than what is sent as it is
    const input = { discussionId: id, body: 'So it is, and so it was. '.repeat(100) };
    await forum.as('ben').do('addComment', input, 'comment { id }');
    const ask = async (encoding: string) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-encoding': encoding },
        body: JSON.stringify({ query: BODIES, variables: { id } }),
      });
      return { encoding: response.headers.get('content-encoding'), text: await response.text() };
    };
    const { text } = await ask('identity');
    for (const encoding of ['br', 'gzip', 'br', 'gzip'])
      expect(await ask(encoding)).toEqual({ encoding, text });
    await vote(id);
    const after = await ask('br');
    expect(after.text).not.toBe(text);
    expect(after.text).toBe((await ask('identity')).text);
  });

  test('are given without one statement, until a vote on the discussion drops its pages and no other', async () => {
    const [one, , other] = [await start('One'), await start('Between'), await start('Other')];
    const comment = await add(one.id);
    expect([await isCached(PAGE, one), await isCached(PAGE, other), await isCached(FIRST)]).toEqual([
      false,
      false,
      false,
    ]);
    expect([await isCached(PAGE, one), await isCached(PAGE, other), await isCached(FIRST)]).toEqual([
      true,
      true,
      true,
    ]);
    await vote(one.id);
    expect([await isCached(PAGE, one), await isCached(PAGE, other), await isCached(FIRST)]).toEqual([
      false,
      true,
      true,
    ]);
    await vote(comment);
    expect([await isCached(PAGE, one), await isCached(PAGE, other), await isCached(FIRST)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('that list discussions go when one of them changes, or one comes into the list', async () => {
    const { id } = await start('Listed');
    await isCached(NEWEST);
    await isCached(TOP);
    expect([await isCached(NEWEST), await isCached(TOP)]).toEqual([true, true]);
    await vote(id);
    expect([await isCached(NEWEST), await isCached(TOP)]).toEqual([false, false]);
    await add(id);
    expect([await isCached(NEWEST), await isCached(TOP)]).toEqual([false, !(await hasTitle(TOP, 'Listed'))]);
    await start('Another');
    expect([await isCached(NEWEST), await isCached(TOP)]).toEqual([false, false]);
  });
  const hasTitle = async (query: string, title: string) =>
    JSON.stringify(await forum.ask(query)).includes(title);

  test('go when an author whom they show changes, and not when that author writes elsewhere', async () => {
    const [one, other] = [await start('By ada'), await start('Also by ada')];
    await isCached(PAGE, one);
    await add(other.id, 'ada');
    expect(await isCached(PAGE, one)).toBe(true);
  });

  test('that show what is found through another row go when that row is hidden or moves', async () => {
    const { id } = await start('Hidden');
    await forum.as('ada').do('updateDiscussion', { discussionId: id, body: 'Why not?' }, 'discussion { id }');
    const { data } = await forum.ask(STATES, { id });
    const [state] = data.discussion.revisions.nodes;
    expect([await isCached(STATE, state), await isCached(STATE, state)]).toEqual([false, true]);
    await forum.as('ada').do('deleteDiscussion', { discussionId: id }, 'deletedDiscussionId');
    expect((await server.ask(STATE, state)).text).toContain('NOT_FOUND');

    const moved = await start('Moved');
    const category = { name: `Shelf ${engine}` };
    const made = await forum.as('mod').do('createCategory', category, 'category { id slug }');
    const { id: categoryId, slug } = made.data.createCategory.category;
    await forum.as('mod').do('pinDiscussion', { discussionId: moved.id }, 'discussion { id }');
    expect([await isCached(PINNED, { slug }), await isCached(PINNED, { slug })]).toEqual([false, true]);
    await forum.as('mod').do('updateDiscussion', { discussionId: moved.id, categoryId }, 'discussion { id }');
    expect((await server.ask(PINNED, { slug })).text).toContain('Moved');
  });

  test('that say how long ago something was stay until the words change', async () => {
    const askedAt = CAPTURED_AT.getTime();
    const ago = async (ms: number, waitsMs: number) => {
      const timed = await startCaching(forum.db, undefined, () => new Date(askedAt + ms));
      const first = await timed.ask(AGO);
      await new Promise((resolve) => setTimeout(resolve, waitsMs));
      const { text, statements } = await timed.ask(AGO);
      await timed.close();
      return [
        JSON.parse(first.text).data.discussions.nodes[0].createdAgo,
        text === first.text,
        statements === 0,
      ];
    };
    await start('Timed');
    expect(await ago(2 * 60_000, 1_500)).toEqual(['2 minutes ago', true, true]);
    // a second before it is called an hour
    expect(await ago(44.5 * 60_000 - 1_000, 1_100)).toEqual(['44 minutes ago', true, false]);
  });

  test('that use the time otherwise stay for a second', async () => {
    await start('Open');
    expect(await isCached(UNPINNED)).toBe(false);
    // a machine that is busy elsewhere may take a second from one request to the next
    await expect.poll(() => isCached(UNPINNED), { interval: 0, timeout: 30_000 }).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await isCached(UNPINNED)).toBe(false);
  });

  test('are for guests: a member is answered from the store', async () => {
    const subject = await start('Mine');
    await vote(subject.id, 'ben');
    const token = await forum.as('ben').token();
    await isCached(MINE, subject);
    expect((await server.ask(MINE, subject, token)).text).toBe('{"data":{"discussion":{"viewerVote":"UP"}}}');
    expect((await server.ask(MINE, subject)).text).toBe('{"data":{"discussion":{"viewerVote":"NONE"}}}');
    expect((await server.ask(MINE, subject, 'prl_key_forged')).text).toContain('UNAUTHENTICATED');
    await isCached(SHARED, subject);
    expect((await server.ask(SHARED, subject, token)).statements).toBeGreaterThan(0);
  });

  test('are never errors, and never mutations', async () => {
    const unknown = { id: 'D_01kb0000000000000000000000' };
    const first = await server.ask(PAGE, unknown);
    expect((await server.ask(PAGE, unknown)).statements).toBe(first.statements);
    const write =
      'mutation ($id: ID!) { addComment(input: { discussionId: $id, body: "B" }) { comment { body } } }';
    const subject = await start('Written');
    const token = await forum.as('ben').token();
    await server.ask(write, subject, token);
    await server.ask(write, subject, token);
    expect((await forum.ask(PAGE, subject)).data.discussion.commentCount).toBe(2);
  });

  test('are found by the hash of their document, and whatever extensions a client sends', async () => {
    const { id } = await start('Hashed');
    const sha256Hash = createHash('sha256').update(SHARED).digest('hex');
    const persistedQuery = { version: 1, sha256Hash };
    const clientLibrary = { name: '@apollo/client', version: '4.3.8' };
    const sent = async (body: object) => {
      let statements = 0;
      const stop = forum.db.onStatement(() => {
        statements++;
      });
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ variables: { id }, ...body }),
      });
      expect(await response.json()).toEqual({ data: { discussion: { title: 'Hashed' } } });
      stop();
      return statements;
    };
    while ((await sent({ query: SHARED, extensions: { clientLibrary } })) > 0);
    expect(await sent({ query: SHARED })).toBe(0);
    expect(await sent({ query: SHARED, extensions: { persistedQuery } })).toBe(0);
    expect(await sent({ extensions: { persistedQuery, clientLibrary } })).toBe(0);
    expect(await sent({ documentId: `sha256:${sha256Hash}` })).toBe(0);
  });

  test('by GET have a tag, and 304 for who has them', async () => {
    const subject = await start('Tagged');
    const url = `${server.url}/graphql?query=${encodeURIComponent(SHARED)}&variables=${encodeURIComponent(JSON.stringify(subject))}`;
    const first = await fetch(url);
    const tag = first.headers.get('etag') ?? '';
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    const again = await fetch(url, { headers: { 'if-none-match': tag } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
  });

  test('go when another program has written', async () => {
    const subject = await start('Elsewhere');
    await isCached(SHARED, subject);
    const rows = statement<{ id: string }>('test.any', 'SELECT id FROM discussion LIMIT 1');
    await forum.db.read.all(rows, []);
    await forum.db.write((tx) =>
      tx.discussion.update({ where: { id: subject.id.slice(2) }, data: { title: 'Changed' } }),
    );
    expect(await isCached(SHARED, subject)).toBe(false);
  });
});
