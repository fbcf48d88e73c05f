import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statement } from '../../../src/kit/db/index.ts';
import { engines } from '../../kit/database.ts';
import { type Forum, openForum } from '../../kit/forum.ts';

const ROWS = statement<{ what: string; count: number }>(
  'test.used',
  `SELECT 'product' AS "what", count(*) AS "count" FROM product UNION ALL SELECT 'category', count(*) FROM category
    UNION ALL SELECT 'moderated', count(*) FROM moderated_category
    UNION ALL SELECT 'placed', count(*) FROM discussion WHERE category_id IS NOT NULL OR product_id IS NOT NULL`,
);

describe.each(engines)('deleting what is used on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());
  const entry = async (type: 'Product' | 'Category' | 'Tag', name: string): Promise<string> => {
    const kind = type.toLowerCase();
    const { data } = await forum.as('mod').do(`create${type}`, { name }, `${kind} { id }`);
    return data[`create${type}`][kind].id;
  };
  const ask = (input: object) =>
    forum
      .as('ada')
      .do(
        'createDiscussion',
        { title: 'Is it?', body: 'Is it?', ...input },
        'discussion { id tags { slug } }',
      );

  test('is refused for a product or category while a discussion has it, and nothing changes', async () => {
    const [categoryId, productId] = [await entry('Category', 'Used'), await entry('Product', 'Used')];
    await ask({ categoryId, productId });
    const before = await forum.db.read.all(ROWS, []);
    for (const [mutation, input] of [
      ['deleteCategory', { categoryId }],
      ['deleteProduct', { productId }],
    ] as const) {
      const { errors } = await forum.as('mod').do(mutation, input, 'clientMutationId');
      expect(errors?.[0]?.extensions).toEqual({ code: 'CONFLICT', field: `input.${Object.keys(input)[0]}` });
    }
    expect(await forum.db.read.all(ROWS, [])).toEqual(before);
  });

  test('is refused for a category that a moderator is set over: without it they would keep order everywhere', async () => {
    const categoryId = await entry('Category', 'Kept');
    const authorId = await forum.as('cleo').id();
    const role = { authorId, role: 'MODERATOR', categoryIds: [categoryId] };
    await forum.as('root').do('setAuthorRole', role, 'author { id }');
    const { errors } = await forum.as('mod').do('deleteCategory', { categoryId }, 'clientMutationId');
    expect(errors?.[0]?.extensions).toEqual({ code: 'CONFLICT', field: 'input.categoryId' });
    const { data } = await forum.ask(`{ author(id: "${authorId}") { role moderates { name } } }`);
    expect(data.author).toEqual({ role: 'MODERATOR', moderates: [{ name: 'Kept' }] });
  });

  test('takes a tag off its discussions', async () => {
    const [tagId] = [await entry('Tag', 'Loose'), await entry('Tag', 'Firm')];
    const { data } = await ask({ tagSlugs: ['loose', 'firm'] });
    await forum.as('mod').do('deleteTag', { tagId }, 'clientMutationId');
    const left = await forum.ask(
      `{ discussion(id: "${data.createDiscussion.discussion.id}") { tags { slug } } }`,
    );
    expect(left.data.discussion.tags).toEqual([{ slug: 'firm' }]);
  });

  test('never loses a race: a discussion or a moderator keeps the category, or finds it gone', async () => {
    const authorId = await forum.as('dora').id();
    for (let round = 0; round < 8; round++) {
      const categoryId = await entry('Category', `Raced ${round}`);
      const [gone, asked, given] = await Promise.all([
        forum.as('mod').do('deleteCategory', { categoryId }, 'clientMutationId'),
        ask({ categoryId }),
        forum
          .as('root')
          .do('setAuthorRole', { authorId, role: 'MODERATOR', categoryIds: [categoryId] }, 'author { id }'),
      ]);
      const codes = [asked, given]
        .flatMap(({ errors }) => errors ?? [])
        .map(({ extensions }) => extensions.code);
      for (const code of codes) expect(['CONFLICT', 'NOT_FOUND']).toContain(code);
      if (gone.errors) expect(gone.errors[0]?.extensions.code).toBe('CONFLICT');
      else expect(codes).toHaveLength(2);
      const { data } = await forum.ask(`{ author(id: "${authorId}") { role moderates { name } } }`);
      if (data.author.role === 'MODERATOR') expect(data.author.moderates).toHaveLength(1);
    }
  });
});
