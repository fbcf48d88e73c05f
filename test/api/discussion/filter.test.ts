import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { threadDocument } from '../../support/documents.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const threads = [
  {
    title: 'Apples',
    product: 'Orchard',
    category: 'Fruit',
    postedAt: '2026-01-01T00:00:00Z',
    more: ['Tags: red, sweet', 'Pinned: Common', 'Author id: ada', 'Author name: Ada'],
  },
  {
    title: 'Berries',
    product: 'Orchard',
    category: 'Fruit',
    postedAt: '2026-02-01T00:00:00Z',
    more: ['Tags: red', 'Closed: Resolved'],
    comments: [{ body: 'Yes', more: ['Accepted answer: yes'] }],
  },
  {
    title: 'Carrots',
    product: 'Garden',
    category: 'Roots',
    postedAt: '2026-03-01T00:00:00Z',
    more: ['Tags: sweet', 'Pinned: Old', 'Pinned until: 2026-04-01T00:00:00Z'],
  },
  {
    title: 'Dates',
    category: 'Fruit',
    postedAt: '2026-04-01T00:00:00Z',
    more: ['Locked: Off topic', 'Author id: ada', 'Author name: Ada'],
  },
];

describe.each(engines)('DiscussionFilter on %s', (engine) => {
  let forum: Forum;
  let ada: string;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const thread of threads) await forum.load(threadDocument(thread));
    const { data } = await forum.ask('{ discussion(slug: "apples") { author { id } } }');
    ada = data.discussion.author.id;
  });
  afterAll(() => forum.close());

  const ask = (filter: Record<string, unknown> | null) =>
    forum.ask(
      'query ($f: DiscussionFilter) { discussions(orderBy: NEWEST, filter: $f) { totalCount nodes { title } } }',
      { f: filter },
    );

  test.each<[Record<string, unknown> | null, string[]]>([
    [null, ['Dates', 'Carrots', 'Berries', 'Apples']],
    [{}, ['Dates', 'Carrots', 'Berries', 'Apples']],
    [{ categorySlug: null }, ['Dates', 'Carrots', 'Berries', 'Apples']],
    [{ categorySlug: 'fruit' }, ['Dates', 'Berries', 'Apples']],
    [{ productSlug: 'orchard' }, ['Berries', 'Apples']],
    [{ tagSlug: 'red' }, ['Berries', 'Apples']],
    [{ tagSlug: 'sweet', categorySlug: 'fruit' }, ['Apples']],
    [{ isAnswered: true }, ['Berries']],
    [{ isAnswered: false }, ['Dates', 'Carrots', 'Apples']],
    [{ isClosed: true }, ['Berries']],
    [{ isClosed: false }, ['Dates', 'Carrots', 'Apples']],
    [{ isLocked: true }, ['Dates']],
    [{ isLocked: false }, ['Carrots', 'Berries', 'Apples']],
    [{ hasComments: true }, ['Berries']],
    [{ hasComments: false }, ['Dates', 'Carrots', 'Apples']],
    [{ tagSlugs: ['red', 'sweet'] }, ['Apples']],
    [{ tagSlugs: ['sweet', 'sweet'] }, ['Carrots', 'Apples']],
    [{ tagSlugs: [], anyTagSlugs: [] }, ['Dates', 'Carrots', 'Berries', 'Apples']],
    [{ anyTagSlugs: ['red', 'sweet'] }, ['Carrots', 'Berries', 'Apples']],
    [{ anyTagSlugs: ['red', 'no'] }, ['Berries', 'Apples']],
    [{ anyTagSlugs: ['red', 'sweet'], tagSlugs: ['sweet'], isPinned: false }, ['Carrots']],
    [{ isPinned: true }, ['Apples']],
    [{ isPinned: false }, ['Dates', 'Carrots', 'Berries']],
    [{ createdAfter: '2026-02-01T00:00:00Z' }, ['Dates', 'Carrots', 'Berries']],
    [{ createdBefore: '2026-03-01T00:00:00+00:00' }, ['Berries', 'Apples']],
    [{ createdAfter: '2026-02-01T01:00:00+01:00', createdBefore: '2026-03-01T00:00:00Z' }, ['Berries']],
    [{ productSlug: 'garden', isAnswered: true }, []],
  ])('%j keeps %j', async (filter, titles) => {
    const { data, errors } = await ask(filter);
    expect(errors).toBeUndefined();
    expect(data.discussions.nodes.map((node: { title: string }) => node.title)).toEqual(titles);
    expect(data.discussions.totalCount).toBe(titles.length);
  });

  test('authorId keeps the discussions of that author', async () => {
    const { data } = await ask({ authorId: ada });
    expect(data.discussions.nodes.map((node: { title: string }) => node.title)).toEqual(['Dates', 'Apples']);
  });

  test('a category and a product are named by id as well, and two conditions about one thing must both hold', async () => {
    const { data } = await forum.ask(
      '{ fruit: category(slug: "fruit") { id } roots: category(slug: "roots") { id } product(slug: "orchard") { id } }',
    );
    const titles = async (filter: Record<string, unknown>) => {
      const found = (await ask(filter)).data.discussions;
      expect(found.totalCount).toBe(found.nodes.length);
      return found.nodes.map((node: { title: string }) => node.title);
    };
    expect(await titles({ categoryId: data.fruit.id })).toEqual(['Dates', 'Berries', 'Apples']);
    expect(await titles({ productId: data.product.id, isClosed: false })).toEqual(['Apples']);
    expect(await titles({ categoryId: data.fruit.id, categorySlug: 'fruit' })).toHaveLength(3);
    expect(await titles({ categoryId: data.roots.id, categorySlug: 'fruit' })).toEqual([]);
    const pinned = 'query ($c: ID, $p: ID) { pinnedDiscussions(categoryId: $c, productId: $p) { title } }';
    const pinnedIn = async (c: string, p?: string) =>
      (await forum.ask(pinned, { c, p })).data.pinnedDiscussions;
    expect(await pinnedIn(data.fruit.id, data.product.id)).toEqual([{ title: 'Apples' }]);
    expect(await pinnedIn(data.roots.id)).toEqual([]);
    expect(await pinnedIn(data.product.id)).toEqual([]);
  });

  test.each([
    { categorySlug: 'no' },
    { categoryId: 'no' },
    { categoryId: 'A_01kqm4k8zwxxxxxxxxxxxxxxxx' },
    { productId: 'P_01kqm4k8zwxxxxxxxxxxxxxxxx' },
    { productSlug: 'no' },
    { tagSlug: 'no' },
    { authorId: 'no' },
    { authorId: 'A_01kqm4k8zwxxxxxxxxxxxxxxxx' },
    { categorySlug: 'fruit', tagSlug: 'no' },
    { tagSlugs: ['red', 'no'] },
    { anyTagSlugs: ['no', 'none'] },
    { participantId: 'no' },
    { participantId: 'A_01kqm4k8zwxxxxxxxxxxxxxxxx' },
  ])('%j finds no discussion, and the rest of the operation is answered', async (filter) => {
    const { data, errors } = await forum.ask(
      `query ($f: DiscussionFilter) {
        discussions(filter: $f) { totalCount nodes { title } pageInfo { startCursor hasNextPage hasPreviousPage } }
        category(slug: "fruit") { name }
      }`,
      { f: filter },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      discussions: {
        ...{ totalCount: 0, nodes: [] },
        pageInfo: { startCursor: null, hasNextPage: false, hasPreviousPage: false },
      },
      category: { name: 'Fruit' },
    });
  });

  test('an unknown slug pins no discussion, and is found as soon as it is a category', async () => {
    const query =
      '{ pinnedDiscussions(categorySlug: "new-one") { id } discussions(filter: { categorySlug: "new-one" }) { totalCount } }';
    expect(await forum.ask(query)).toEqual({
      data: { pinnedDiscussions: [], discussions: { totalCount: 0 } },
    });
    const made = await forum.as('mod').do('createCategory', { name: 'New one' }, 'category { id }');
    const categoryId = made.data.createCategory.category.id;
    await forum
      .as('ben')
      .do('createDiscussion', { title: 'New', body: 'New', categoryId }, 'discussion { id }');
    expect((await forum.ask(query)).data.discussions).toEqual({ totalCount: 1 });
  });

  test('bad page arguments are refused with an unknown slug too', async () => {
    const { errors } = await forum.ask(
      '{ discussions(first: 101, filter: { tagSlug: "no" }) { totalCount } }',
    );
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'first' });
  });

  test('a span that ends before it begins is refused', async () => {
    const { errors } = await ask({
      createdAfter: '2026-02-01T00:00:00Z',
      createdBefore: '2026-01-01T00:00:00Z',
    });
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'filter.createdAfter' });
  });

  test.each([
    ['"yesterday"'],
    ['"2026-02-30T00:00:00Z"'],
    ['5'],
    ['"0000-01-01T00:00:00Z"'],
    ['"9999-12-31T23:00:00-01:00"'],
  ])('createdAfter: %s is refused', async (value) => {
    const { errors } = await forum.ask(`{ discussions(filter: { createdAfter: ${value} }) { totalCount } }`);
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});
