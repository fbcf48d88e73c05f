import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';

/** Documents as an importer gets them, one in each script, and what people write beside them. */
const LANGUAGES = [
  {
    ...{ name: 'Japanese', title: 'データベースの移行方法', slug: 'データベースの移行方法' },
    ...{
      tag: 'データベース',
      category: '質問',
      product: '掲示板',
      asked: '検索が遅いのはなぜですか',
      reply: 'ありがとうございます。',
    },
  },
  {
    ...{ name: 'Arabic', title: 'كيف أنقل قاعدة البيانات', slug: 'kyf-anql-qaedt-albyanat' },
    ...{
      tag: 'قواعد-البيانات',
      category: 'أسئلة',
      product: 'منتدى',
      asked: 'لماذا البحث بطيء',
      reply: 'شكرا جزيلا.',
    },
  },
  {
    ...{ name: 'Russian', title: 'Как перенести базу данных', slug: 'kak-perenesti-bazu-dannykh' },
    ...{
      tag: 'базы-данных',
      category: 'Вопросы',
      product: 'Форум',
      asked: 'Почему поиск медленный',
      reply: 'Большое спасибо.',
    },
  },
] as const;

type Language = (typeof LANGUAGES)[number];

const documentOf = ({ title, tag, category, product, reply }: Language) => `# ${title}

${reply}

##### Post Metadata
- Posted at: 2024-03-01
- Tags: ${tag}

## Comments
### Comment 1

**${reply}**

##### Comment Metadata
- Posted at: 2024-03-02

## Related Product
[${product}](https://example.com/products/${product})

## Related Category
[${category}](https://example.com/categories/${category})
`;

describe.each(engines)('a forum in %s', (engine) => {
  describe.each(LANGUAGES)('$name', (language) => {
    let forum: Forum;
    beforeAll(async () => {
      forum = await openForum(engine, 'empty');
      for (const one of LANGUAGES) await forum.load(documentOf(one));
    });
    afterAll(() => forum.close());

    test('imports a thread once, and finds it by its slug, its URL, its tag and its category', async () => {
      await forum.load(documentOf(language));
      const { title, tag, category, product, reply } = language;
      const all = await forum.ask('{ discussions { totalCount nodes { slug title url } } }');
      expect(all.data.discussions.totalCount).toBe(LANGUAGES.length);
      const own = all.data.discussions.nodes.find((node: { title: string }) => node.title === title);
      expect(own.slug).toBe(language.slug);
      const shown = `title product { name } category { name slug } tags { name slug }
        comments { nodes { bodyText bodyHTML } }`;
      const found = await forum.ask(`query ($slug: String!) { discussion(slug: $slug) { ${shown} } }`, {
        slug: own.slug,
      });
      expect(found.data.discussion).toMatchObject({
        ...{ title, product: { name: product }, category: { name: category } },
        tags: [{ name: tag }],
        comments: { nodes: [{ bodyText: reply, bodyHTML: `<p><strong>${reply}</strong></p>` }] },
      });
      const byUrl = await forum.ask('query ($url: URI!) { discussion(url: $url) { title } }', {
        url: own.url,
      });
      expect(byUrl.data.discussion).toEqual({ title });
      const { slug: tagSlug } = found.data.discussion.tags[0];
      const { slug: categorySlug } = found.data.discussion.category;
      const listed = await forum.ask(
        `query ($tag: String!, $category: String!) {
          tag(slug: $tag) { discussions { nodes { title } } }
          discussions(filter: { categorySlug: $category }) { nodes { title } } }`,
        { tag: tagSlug, category: categorySlug },
      );
      expect(listed.data).toEqual({
        tag: { discussions: { nodes: [{ title }] } },
        discussions: { nodes: [{ title }] },
      });
    });

    test('takes a question with a tag, and an answer to it', async () => {
      const { asked, tag, reply } = language;
      const known = await forum.ask('{ tags { nodes { name slug } } }');
      const { slug: tagSlug } = known.data.tags.nodes.find((node: { name: string }) => node.name === tag);
      const made = await forum
        .as('ada')
        .do(
          'createDiscussion',
          { title: asked, body: reply, tagSlugs: [tagSlug] },
          'discussion { id slug tags { name } }',
        );
      const { id, slug, tags } = made.data.createDiscussion.discussion;
      expect(tags).toEqual([{ name: tag }]);
      await forum.as('ben').do('addComment', { discussionId: id, body: `@ada ${reply}` }, 'comment { id }');
      const found = await forum.ask(
        'query ($slug: String!) { discussion(slug: $slug) { title comments { nodes { bodyText } } } }',
        { slug },
      );
      expect(found.data.discussion).toEqual({
        title: asked,
        comments: { nodes: [{ bodyText: `@ada ${reply}` }] },
      });
    });
  });
});
