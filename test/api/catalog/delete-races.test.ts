import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Answer, type Forum, openForum } from '../../support/forum.ts';

const ROUNDS = 12;
const PLACED = statement<{ placed: number }>(
  'test.placed',
  'SELECT count(*) AS "placed" FROM discussion WHERE category_id IS NOT NULL',
);
const codesOf = (answers: readonly Answer[]) =>
  answers.flatMap(({ errors }) => errors ?? []).map(({ extensions }) => extensions.code);

describe.each(engines)('deleteCategory while it comes to be needed, on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const name of ['ada', 'ben', 'dora', 'mod', 'root']) await forum.as(name).token();
  });
  afterAll(() => forum.close());
  const category = async (name: string): Promise<string> =>
    (await forum.as('mod').do('createCategory', { name }, 'category { id }')).data.createCategory.category.id;
  const remove = (categoryId: string) =>
    forum.as('mod').do('deleteCategory', { categoryId }, 'deletedCategoryId');

  test('takes it from no discussion: the discussion has it, or was refused', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const categoryId = await category(`Asked in ${round}`);
      const before = (await forum.db.read.all(PLACED, []))[0]?.placed ?? 0;
      const input = { title: `Round ${round}`, body: 'B', categoryId };
      const answers = await Promise.all(
        [0, 1, 2, 3].map((n) =>
          n === 2 ? remove(categoryId) : forum.as('ada').do('createDiscussion', input, 'discussion { id }'),
        ),
      );
      for (const code of codesOf(answers)) expect(['CONFLICT', 'NOT_FOUND']).toContain(code);
      const made = answers.filter(({ data }) => data?.createDiscussion).length;
      expect((await forum.db.read.all(PLACED, []))[0]?.placed).toBe(before + made);
    }
  });

  test('takes it from no moderator, who would moderate all categories without it', async () => {
    const authorId = await forum.as('dora').id();
    for (let round = 0; round < ROUNDS; round++) {
      const categoryId = await category(`Kept in ${round}`);
      const role = { authorId, role: 'MODERATOR', categoryIds: [categoryId] };
      const answers = await Promise.all([
        forum.as('root').do('setAuthorRole', role, 'author { id }'),
        remove(categoryId),
      ]);
      for (const code of codesOf(answers)) expect(['CONFLICT', 'NOT_FOUND']).toContain(code);
      const { data } = await forum.ask(`{ author(id: "${authorId}") { role moderatedCategories { name } } }`);
      if (data.author.role === 'MODERATOR') expect(data.author.moderatedCategories).toHaveLength(1);
    }
  });
});
