import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum, SITE_URL } from '../support/forum.ts';
import { atomFaults, jsonFeedFaults, rssFaults } from './feed-rules.ts';

const RULES = { atom: atomFaults, rss: rssFaults, json: jsonFeedFaults };
const TYPES = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};
const FORMATS = ['atom', 'rss', 'json'] as const;

const NASTY = 'Is ]]> <b>safe</b> & "quoted"? 👍';

describe.each(engines)('feeds on %s', (engine) => {
  let forum: Forum;
  let discussionId: string;
  let authorId: string;
  let slug: string;
  let categorySlug: string;
  let productSlug: string;
  const get = (path: string, headers: Record<string, string> = {}) => fetch(forum.url + path, { headers });

  beforeAll(async () => {
    forum = await openForum(engine, 'seeded', { siteName: 'Acme "Help" & Co' });
    const ada = forum.as('ada');
    authorId = await ada.id();
    const root = forum.as('root');
    const category = await root.do('createCategory', { name: 'R&D <beta>' }, 'category { id slug }');
    const product = await root.do('createProduct', { name: 'Möbel' }, 'product { id slug }');
    const input = {
      ...{ title: NASTY, body: '```\n]]> &amp;\n```\n[a link](https://example.com/?a=1&b=2)' },
      ...{
        categoryId: category.data.createCategory.category.id,
        productId: product.data.createProduct.product.id,
      },
    };
    const made = await ada.do('createDiscussion', input, 'discussion { id slug tags { slug } }');
    expect(made.errors).toBeUndefined();
    discussionId = made.data.createDiscussion.discussion.id;
    ({ slug } = made.data.createDiscussion.discussion);
    ({ slug: categorySlug } = category.data.createCategory.category);
    ({ slug: productSlug } = product.data.createProduct.product);
    await forum.as('ben').do('addComment', { discussionId, body: 'Yes & no ]]>' }, 'comment { id }');
  });
  afterAll(() => forum.close());

  const paths = () => [
    'discussions',
    `categories/${categorySlug}`,
    `products/${productSlug}`,
    `authors/${authorId}`,
    `discussions/${slug}`,
  ];

  test.each(FORMATS)(
    'are valid %s for the forum, a category, a product, an author and a discussion',
    async (format) => {
      for (const path of paths()) {
        const response = await get(`/feeds/${path}.${format}`);
        expect([path, response.status]).toEqual([path, 200]);
        expect(response.headers.get('content-type')).toBe(TYPES[format]);
        expect([path, RULES[format](await response.text())]).toEqual([path, []]);
      }
    },
  );

  test('are read alike in all formats by a parser of feeds', async () => {
    const text = async (format: string) => (await get(`/feeds/categories/${categorySlug}.${format}`)).text();
    const atom = parseAtomFeed(await text('atom'));
    const rss = parseRssFeed(await text('rss'));
    const json = parseJsonFeed(await text('json'));
    const url = `${SITE_URL}/discussions/${slug}`;
    expect(atom.entries?.[0]).toMatchObject({ id: url, title: { value: NASTY }, authors: [{ name: 'ada' }] });
    expect(rss.items?.[0]).toMatchObject({ link: url, guid: { value: url } });
    expect(rss.items?.[0]?.title).toBe(NASTY);
    expect(json.items?.[0]).toMatchObject({ id: url, url, title: NASTY, tags: ['R&D <beta>'] });
    const html = json.items?.[0]?.content_html ?? '';
    expect(html).toContain('href="https://example.com/?a=1&amp;b=2"');
    expect(atom.entries?.[0]?.content).toEqual(expect.objectContaining({ value: html }));
    expect(rss.items?.[0]?.description).toBe(html);
    expect(atom.title).toMatchObject({ value: 'R&D <beta> · Acme "Help" & Co' });
  });

  test('of a tag have its discussions', async () => {
    const { data } = await forum.ask(
      '{ tags(first: 1) { nodes { slug discussions(orderBy: NEWEST) { nodes { url } } } } }',
    );
    const [tag] = data.tags.nodes;
    const text = await (await get(`/feeds/tags/${encodeURIComponent(tag.slug)}.json`)).text();
    const feed = JSON.parse(text);
    expect(feed.items.map(({ url }: { url: string }) => url)).toEqual(
      tag.discussions.nodes.map(({ url }: { url: string }) => url),
    );
  });

  test('have the name of the forum in their titles', async () => {
    const text = async (path: string) => (await get(`/feeds/${path}`)).text();
    const title = 'Acme "Help" & Co';
    expect(parseAtomFeed(await text('discussions.atom')).title).toMatchObject({ value: title });
    expect(parseRssFeed(await text('discussions.rss')).title).toBe(title);
    expect(parseJsonFeed(await text('discussions.json')).title).toBe(title);
    const { data } = await forum.ask('{ serverInfo { name siteName } }');
    expect(data.serverInfo).toEqual({ name: 'Parley', siteName: title });
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'refuse %s, and say what they accept',
    async (method) => {
      const own = ['/feeds/discussions.atom', `/feeds/discussions/${slug}.json`, `/discussions/${slug}.md`];
      for (const path of [...own, '/sitemaps/1.xml', '/sitemap.xml', '/robots.txt', '/llms.txt']) {
        const { status, headers } = await fetch(forum.url + path, { method });
        expect([path, status, headers.get('allow')]).toEqual([path, 405, 'GET, HEAD']);
      }
    },
  );

  test('have a time, but texts that votes and settings change have only an ETag', async () => {
    const has = async (path: string) => {
      const { headers } = await get(path);
      return [headers.has('etag'), headers.has('last-modified')];
    };
    for (const path of ['/feeds/discussions.atom', '/sitemap.xml'])
      expect(await has(path)).toEqual([true, true]);
    for (const path of [`/discussions/${slug}.md`, '/llms.txt', '/robots.txt'])
      expect(await has(path)).toEqual([true, false]);
  });

  test('answer 304 to who has them, by ETag or by time, until they change', async () => {
    const path = '/feeds/discussions.atom';
    const first = await get(path);
    const [etag, modified] = [first.headers.get('etag') ?? '', first.headers.get('last-modified') ?? ''];
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(path, { 'if-modified-since': modified })).status).toBe(304);
    expect((await get(path, { 'if-none-match': '"other"', 'if-modified-since': modified })).status).toBe(200);
    forum.wait(60_000);
    const made = await forum
      .as('ben')
      .do('createDiscussion', { title: 'Gone soon', body: 'x' }, 'discussion { id slug }');
    const changed = await get(path, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(await changed.text()).toContain('Gone soon');
    expect((await get(path, { 'if-modified-since': modified })).status).toBe(200);
    const gone = made.data.createDiscussion.discussion;
    const later = (await get(path)).headers.get('last-modified') ?? '';
    await forum.as('ben').do('deleteDiscussion', { discussionId: gone.id }, 'deletedDiscussionId');
    // it is older now than what the client has
    expect((await get(path, { 'if-modified-since': later })).status).toBe(200);
    expect(await (await get(path)).text()).not.toContain('Gone soon');
    expect((await get(`/feeds/discussions/${gone.slug}.atom`)).status).toBe(404);
  });

  test.each([
    'discussions.xml',
    'discussions',
    'categories.atom',
    'categories/none.rss',
    'authors/A_1.json',
    'x/y.atom',
  ])('there is none at %s', async (path) => {
    expect((await get(`/feeds/${path}`)).status).toBe(404);
  });

  test('have the newest thirty of more', async () => {
    for (let n = 0; n < 30; n++) {
      forum.wait(1000);
      await forum.as('ben').do('createDiscussion', { title: `More ${n}?`, body: 'x' }, 'clientMutationId');
    }
    const { data } = await forum.ask(
      '{ discussions(first: 30, orderBy: NEWEST) { totalCount nodes { url } } }',
    );
    expect(data.discussions.totalCount).toBeGreaterThan(30);
    const { items } = JSON.parse(await (await get('/feeds/discussions.json')).text());
    const urls = data.discussions.nodes.map(({ url }: { url: string }) => url);
    expect(items.map(({ url }: { url: string }) => url)).toEqual(urls);
  });

  test('take as many statements for many entries as for few', async () => {
    const count = async (path: string) => {
      let statements = 0;
      const stop = forum.db.onStatement(() => {
        statements++;
      });
      await get(path);
      stop();
      return statements;
    };
    expect(await count('/feeds/discussions.atom')).toBeLessThanOrEqual(4);
    expect(await count(`/feeds/categories/${categorySlug}.atom`)).toBeLessThanOrEqual(5);
  });

  test('do not name the author of a deleted comment, nor show its text', async () => {
    const ben = forum.as('ben');
    const { data } = await ben.do('addComment', { discussionId, body: 'A secret' }, 'comment { id }');
    const commentId = data.addComment.comment.id;
    await forum
      .as('ada')
      .do('addComment', { discussionId, replyToId: commentId, body: 'Oh' }, 'comment { id }');
    await ben.do('deleteComment', { commentId }, 'deletedCommentId');
    const text = await (await get(`/feeds/discussions/${slug}.atom`)).text();
    expect(text).not.toContain('A secret');
    expect(text).toContain('<p>Oh</p>'.replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
  });

  test('robots.txt names the sitemap', async () => {
    const response = await get('/robots.txt');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe(
      `User-agent: *\nDisallow: /graphql\n\nSitemap: ${SITE_URL}/sitemap.xml\n`,
    );
  });
});

test('FEEDS=off serves none of them', async () => {
  const forum = await openForum('sqlite', 'empty', {}, { feeds: 'off' });
  for (const path of ['/feeds/discussions.atom', '/sitemap.xml', '/robots.txt'])
    expect((await fetch(forum.url + path)).status).toBe(404);
  await forum.close();
});

test('a stranger gets 120 feeds or 30 sitemaps a minute', async () => {
  const forum = await openForum('sqlite', 'seeded', {}, { limitsFeeds: true });
  for (let n = 0; n < 29; n++) expect((await fetch(`${forum.url}/sitemap.xml`)).status).toBe(200);
  for (let n = 0; n < 4; n++) expect((await fetch(`${forum.url}/feeds/discussions.rss`)).status).toBe(200);
  const refused = await fetch(`${forum.url}/feeds/discussions.atom`);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.text()).toContain('RATE_LIMITED');
  await forum.close();
});
