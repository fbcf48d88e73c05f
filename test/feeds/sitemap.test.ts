import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_LIMITS } from '../../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import { makeContext } from '../../src/api/make-context.ts';
import { EVERYTHING, planSitemaps, SitemapStates, writeSitemap } from '../../src/feeds/index.ts';
import { engines } from '../support/database.ts';
import { type Forum, openForum, SITE_URL } from '../support/forum.ts';
import { childrenOf, parseXml, textOf } from './xml-tree.ts';

const SIZES = { urlsMax: 6, assigned: 4, page: 2 };
const NAMESPACE = '{http://www.sitemaps.org/schemas/sitemap/0.9}';
const COUNT = 19;

/** The URLs of a sitemap with their times, as the protocol's schema allows them. */
function urlsOf(document: string): { loc: string; lastmod: string }[] {
  const root = parseXml(document);
  expect(root.name).toBe(`${NAMESPACE}urlset`);
  return root.children.map((url) => {
    expect(url.name).toBe(`${NAMESPACE}url`);
    expect(url.children.map(({ name }) => name)).toEqual([`${NAMESPACE}loc`, `${NAMESPACE}lastmod`]);
    return { loc: textOf(url, 'loc') ?? '', lastmod: textOf(url, 'lastmod') ?? '' };
  });
}

describe.each(engines)('sitemaps on %s', (engine) => {
  let forum: Forum;
  const created: { id: string; slug: string }[] = [];
  const get = (path: string, headers: Record<string, string> = {}) => fetch(forum.url + path, { headers });
  const index = async () => {
    const root = parseXml(await (await get('/sitemap.xml')).text());
    expect(root.name).toBe(`${NAMESPACE}sitemapindex`);
    return childrenOf(root, 'sitemap').map((one) => ({
      path: (textOf(one, 'loc') ?? '').replace(SITE_URL, ''),
      lastmod: textOf(one, 'lastmod') ?? '',
    }));
  };

  beforeAll(async () => {
    forum = await openForum(engine, 'empty', {}, { sitemapSizes: SIZES });
    for (let n = 0; n < COUNT; n++) {
      forum.wait(1000);
      const made = await forum
        .as('ada')
        .do('createDiscussion', { title: `Größe ${n} & more`, body: 'x' }, 'discussion { id slug }');
      created.push(made.data.createDiscussion.discussion);
    }
    for (const { id } of created.slice(4, 7))
      await forum.as('ada').do('deleteDiscussion', { discussionId: id }, 'deletedDiscussionId');
  });
  afterAll(() => forum.close());

  test('of a large forum are an index of files, which have each visible discussion once', async () => {
    const files = await index();
    expect(files.length).toBeGreaterThan(3);
    const found: string[] = [];
    for (const { path, lastmod } of files) {
      const urls = urlsOf(await (await get(path)).text());
      expect(urls.length).toBeLessThanOrEqual(SIZES.assigned);
      found.push(...urls.map(({ loc }) => loc));
      expect(
        urls
          .map((url) => url.lastmod)
          .sort()
          .at(-1),
      ).toBe(lastmod);
    }
    const visible = created.filter((_, n) => n < 4 || n >= 7);
    expect(found.sort()).toEqual(
      visible.map(({ slug }) => `${SITE_URL}/discussions/${encodeURIComponent(slug)}`).sort(),
    );
  });

  test('are 304 for who has them, and say when a comment was added or edited', async () => {
    const [last] = (await index()).slice(-1);
    const path = last?.path ?? '';
    const first = await get(path);
    const [etag, modified] = [first.headers.get('etag') ?? '', first.headers.get('last-modified') ?? ''];
    await first.text();
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(path, { 'if-modified-since': modified })).status).toBe(304);
    const newest = created.at(-1) as { id: string; slug: string };
    const lastmod = async () => {
      const urls = urlsOf(await (await get(path)).text());
      return urls.find(({ loc }) => loc.endsWith(encodeURIComponent(newest.slug)))?.lastmod;
    };
    forum.wait(60_000);
    const { data } = await forum
      .as('ben')
      .do('addComment', { discussionId: newest.id, body: 'a' }, 'comment { id }');
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200);
    expect(await lastmod()).toBe(forum.now().toISOString());
    forum.wait(5000);
    await forum
      .as('ben')
      .do('updateComment', { commentId: data.addComment.comment.id, body: 'b' }, 'comment { id }');
    expect(await lastmod()).toBe(forum.now().toISOString());
    const at = forum.now().toISOString();
    forum.wait(5000);
    await forum.as('cleo').do('setVote', { subjectId: newest.id, direction: 'UP' }, 'clientMutationId');
    expect(await lastmod()).toBe(at);
  });

  test.each(['x', 'a-b', '../etc-passwd.xml', `${'0'.repeat(30)}-z.xml`])(
    'there is none named %s',
    async (name) => {
      expect((await get(`/sitemaps/${encodeURIComponent(name)}`)).status).toBe(404);
    },
  );

  test('have no more URLs than the protocol allows, whatever range is requested', async () => {
    expect(urlsOf(await (await get('/sitemaps/0-zzzzzzzzzzzzzzzzzzzzzzzzzz.xml')).text())).toHaveLength(
      SIZES.urlsMax,
    );
  });

  test('are written in pieces and read in statements of a bounded size', async () => {
    const rows: number[] = [];
    const { db } = forum;
    const counted = {
      ...db,
      read: {
        ...db.read,
        all: async (...args: Parameters<typeof db.read.all>) => {
          const found = await db.read.all(...args);
          rows.push(found.length);
          return found;
        },
      } as typeof db.read,
    };
    const ctx = makeContext({
      ...{ db: counted, siteUrl: SITE_URL, policy: DEFAULT_POLICY, clock: forum.now, viewer: null },
      ...{ address: '::1', limiter: NO_LIMITS },
    });
    const sizes = { ...SIZES, urlsMax: 1000, assigned: 1000 };
    let longest = 0;
    for await (const piece of writeSitemap(ctx, EVERYTHING, sizes)) longest = Math.max(longest, piece.length);
    expect(longest).toBeLessThan(SIZES.page * 200);
    expect(Math.max(...rows)).toBe(SIZES.page);
    expect(await planSitemaps(ctx, sizes)).toHaveLength(1);
    expect(Math.max(...rows)).toBe(SIZES.page);
  });

  test('are compared for all clients at once, once a minute, and again after a failure', async () => {
    const { db } = forum;
    let statements = 0;
    let isDown = false;
    const counted = {
      ...db,
      read: {
        all: async (...args: Parameters<typeof db.read.all>) => {
          statements++;
          if (isDown) throw new Error('away');
          return db.read.all(...args);
        },
      } as typeof db.read,
    };
    const ctx = (seconds: number) =>
      makeContext({
        ...{ db: counted, siteUrl: SITE_URL, policy: DEFAULT_POLICY, viewer: null },
        ...{ address: '::1', limiter: NO_LIMITS, clock: () => new Date(seconds * 1000) },
      });
    const states = new SitemapStates(SIZES);
    const [first, ...others] = await Promise.all(
      [1, 2, 3, 59].map((s) => states.stateOf(ctx(s), EVERYTHING)),
    );
    for (const other of others) expect(other).toBe(first);
    const once = statements;
    await states.stateOf(ctx(60), EVERYTHING);
    expect(statements).toBe(2 * once);
    isDown = true;
    await expect(states.stateOf(ctx(120), EVERYTHING)).rejects.toThrow('away');
    isDown = false;
    expect(await states.stateOf(ctx(120), EVERYTHING)).toEqual(first);
  });
});

test('the sitemap of a small forum is one file', async () => {
  const forum = await openForum('sqlite', 'seeded');
  const response = await fetch(`${forum.url}/sitemap.xml`);
  expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
  const { data } = await forum.ask('{ discussions(first: 100) { nodes { url } } }');
  const urls = urlsOf(await response.text()).map(({ loc }) => loc);
  expect(urls.sort()).toEqual(data.discussions.nodes.map(({ url }: { url: string }) => url).sort());
  const head = await fetch(`${forum.url}/sitemap.xml`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  await forum.close();
});
