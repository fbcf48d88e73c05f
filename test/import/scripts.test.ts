import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';

const caseOf = (name: string) => readFileSync(path.join(import.meta.dirname, 'cases', name), 'utf8');

describe.each(engines)('tags, products and categories of every script on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const n of [1, 2, 3, 1]) await forum.load(caseOf(`04-scripts-${n}.md`));
  });
  afterAll(() => forum.close());

  test('are different entries, each found by its slug', async () => {
    const { data } = await forum.ask(
      '{ tags { nodes { slug name } } products { nodes { slug name } } categories { nodes { slug name } } }',
    );
    const pairs = (of: string) =>
      Object.fromEntries(data[of].nodes.map((one: { name: string; slug: string }) => [one.name, one.slug]));
    expect(pairs('tags')).toEqual({
      日本語: '日本語',
      中文: '中文',
      แท็ก: 'แท็ก',
      C: 'c',
      'C++': 'c-plus-plus',
      'C#': 'c-sharp',
    });
    expect(pairs('products')).toEqual({ 安全产品: '安全', 营销产品: '营销', ขาย产品: 'ขาย' });
    expect(pairs('categories')).toEqual({ 安全: '安全', 营销: '营销', ขาย: 'ขาย' });
    const one = await forum.ask('{ tag(slug: "แท็ก") { discussions { nodes { title } } } }');
    expect(one.data.tag.discussions.nodes).toEqual([{ title: 'Question 3' }]);
    const filtered = await forum.ask('{ discussions(filter: { categorySlug: "安全" }) { nodes { title } } }');
    expect(filtered.data.discussions.nodes).toEqual([{ title: 'Question 1' }]);
  });

  test('names that share a slug are different entries, and each is found again', async () => {
    const load = (title: string, names: string, product: string) =>
      forum.load(
        `# ${title}\n\nx\n\n##### Post Metadata\n- Tags: ${names}\n\n## Related Product\n${product}`,
      );
    const names = 'Cafe, Café, 🙂, 🚀, Тест, Test, C+, cafe';
    await load('First', names, '[Relay](https://example.com/products/relay)');
    await load('Second', names, '[Relay Ⅱ](https://other.example/products/relay)');
    await load('Third', names, '[Relay, renamed](https://www.example.com/products/relay/reviews)');
    const { data } = await forum.ask(
      '{ discussions(first: 3, orderBy: NEWEST) { nodes { title product { slug } tags { name slug } } } }',
    );
    const nodes: { title: string; product: { slug: string }; tags: { slug: string }[] }[] =
      data.discussions.nodes.filter(({ title }: { title: string }) => !title.startsWith('Q'));
    for (const { tags } of nodes)
      expect(tags.map(({ slug }) => slug)).toEqual([
        'c-plus',
        'cafe',
        'cafe-2',
        'tag',
        'tag-2',
        'test',
        'test-2',
      ]);
    expect(Object.fromEntries(nodes.map(({ title, product }) => [title, product.slug]))).toEqual({
      First: 'relay',
      Second: 'relay-2',
      Third: 'relay',
    });
  });

  test('a discussion has a slug and a URL in its own letters, and is found by both', async () => {
    await forum.load('# 怎样升级？\n\nx\n\n##### Post Metadata\n- Posted at: 2024-01-01');
    const { data } = await forum.ask('{ discussion(slug: "怎样升级") { title url } }');
    expect(data.discussion.title).toBe('怎样升级？');
    expect(data.discussion.url).toMatch(/\/discussions\/%E6%80%8E%E6%A0%B7%E5%8D%87%E7%BA%A7$/);
    for (const url of [data.discussion.url, decodeURIComponent(data.discussion.url)])
      expect(
        (await forum.ask('query ($url: URI!) { discussion(url: $url) { slug } }', { url })).data,
      ).toEqual({
        discussion: { slug: '怎样升级' },
      });
  });
});
