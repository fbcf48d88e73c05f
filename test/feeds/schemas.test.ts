// The documents beside schemas of their formats, by a validator that is not ours. What no schema can state is in
// feed-rules.ts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum, SITE_URL } from '../support/forum.ts';
import { hasXmllint, type Schema, schemaFaults } from './xmllint.ts';

const TITLES = [
  'Is ]]> <b>safe</b> & "quoted"? 👍',
  'Größe?',
  '日本語の質問',
  `${'Long '.repeat(59)}?`,
  'a\u200bb?',
];

describe.skipIf(!hasXmllint).each(engines)('by the schemas that xmllint reads, on %s,', (engine) => {
  let forum: Forum;
  const slugs: string[] = [];
  const text = async (path: string) => {
    const response = await fetch(forum.url + path);
    expect([path, response.status]).toEqual([path, 200]);
    return response.text();
  };

  beforeAll(async () => {
    forum = await openForum(engine, 'seeded', {}, { sitemapSizes: { urlsMax: 6, assigned: 4, page: 2 } });
    for (const title of TITLES) {
      forum.wait(1001);
      const input = { title, body: '```\n]]> &amp;\u0001\n```\n[a link](https://example.com/?a=1&b=2)' };
      const made = await forum.as('ada').do('createDiscussion', input, 'discussion { id slug }');
      const { id: discussionId, slug } = made.data.createDiscussion.discussion;
      await forum.as('ben').do('addComment', { discussionId, body: 'Yes & no ]]>' }, 'comment { id }');
      slugs.push(encodeURIComponent(slug));
    }
  });
  afterAll(() => forum.close());

  test('feeds are valid Atom and RSS, with entries and without', async () => {
    const empty = await forum.as('root').do('createCategory', { name: 'None <yet>' }, 'category { slug }');
    const paths = [
      ...['discussions', `authors/${await forum.as('ada').id()}`],
      ...slugs.map((slug) => `discussions/${slug}`),
      `categories/${encodeURIComponent(empty.data.createCategory.category.slug)}`,
    ];
    for (const path of paths) {
      expect([path, schemaFaults('atom.rng', await text(`/feeds/${path}.atom`))]).toEqual([path, []]);
      expect([path, schemaFaults('rss.rng', await text(`/feeds/${path}.rss`))]).toEqual([path, []]);
    }
  });

  test('the index of sitemaps and each of its files are valid', async () => {
    const index = await text('/sitemap.xml');
    expect(schemaFaults('sitemap.xsd', index)).toEqual([]);
    const files = [...index.matchAll(/<loc>([^<]+)</g)].map(([, url = '']) => url.replace(SITE_URL, ''));
    expect(files.length).toBeGreaterThan(1);
    for (const path of files)
      expect([path, schemaFaults('sitemap.xsd', await text(path))]).toEqual([path, []]);
  });

  test('what is wrong with a document is found', async () => {
    const [atom, rss] = [await text('/feeds/discussions.atom'), await text('/feeds/discussions.rss')];
    const [, file = ''] = /<loc>([^<]+)</.exec(await text('/sitemap.xml')) ?? [];
    const sitemap = await text(file.replace(SITE_URL, ''));
    const wrong: readonly [Schema, document: string, search: string | RegExp, replacement: string][] = [
      ['atom.rng', atom, /<author>.*?<\/author>/, ''],
      ['atom.rng', atom, /<id>.*?<\/id>/, ''],
      ['atom.rng', atom, /(<updated>[^<]*)Z/, '$1'],
      ['atom.rng', atom, '<title>', '<title type="markdown">'],
      ['atom.rng', atom, /href="https:/, 'href="'],
      ['atom.rng', atom, '<entry', '<item/><entry'],
      ['rss.rng', rss, /<atom:link[^>]*>/, ''],
      ['rss.rng', rss, /(<pubDate>[^<]*) GMT/, '$1'],
      ['rss.rng', rss, /<guid[^>]*>[^<]*/, '<guid isPermaLink="true">1'],
      ['rss.rng', rss, '<dc:creator>', '<author>ada</author><dc:creator>'],
      ['sitemap.xsd', sitemap, /<url>.*<\/url>/s, ''],
      ['sitemap.xsd', sitemap, /<loc>[^<]*<\/loc>/, ''],
      ['sitemap.xsd', sitemap, /<loc>https:[^<]*/, '<loc>/discussions/größe'],
      ['sitemap.xsd', sitemap, /(<lastmod>[^<]*)Z/, '$1'],
      ['sitemap.xsd', sitemap, /(<loc>.*?<\/loc>)(<lastmod>.*?<\/lastmod>)/, '$2$1'],
      ['sitemap.xsd', sitemap, /(<url>.*?<\/url>)/, '$1$1'],
      ['sitemap.xsd', sitemap, /sitemaps.org/, 'sitemaps.example'],
    ];
    for (const [schema, document, search, replacement] of wrong) {
      const changed = document.replace(search, replacement);
      expect(changed, `${search}`).not.toBe(document);
      expect(schemaFaults(schema, changed), `${search}`).not.toEqual([]);
    }
  });
});

test('a sitemap without a URL, which the protocol does not allow, is not there', async () => {
  const forum = await openForum('sqlite', 'empty');
  const get = async (method: string) => (await fetch(`${forum.url}/sitemap.xml`, { method })).status;
  expect([await get('GET'), await get('HEAD')]).toEqual([404, 404]);
  forum.wait(60_000);
  await forum.as('ada').do('createDiscussion', { title: 'First?', body: 'x' }, 'discussion { id }');
  expect([await get('GET'), await get('HEAD')]).toEqual([200, 200]);
  await forum.close();
});
