import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { change } from '../../src/store/index.ts';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { imported, linesOf } from './transfers.ts';

const RECORDS = [
  { type: 'category', key: 'c', name: 'Customers', slug: 'CRM' },
  { type: 'product', key: 'p', name: 'Acme', slug: 'Acme-Suite' },
  { type: 'tag', key: 't', name: 'Sign-on', slug: 'ＳＳＯ' },
  {
    ...{ type: 'discussion', key: 'd', title: 'How does it log in?', body: 'Kubernetes.' },
    ...{ createdAt: '2024-03-01T09:30:00.000Z', category: 'c', product: 'p', tags: ['t'] },
  },
];

const capitalize = change('test.capitalize', "UPDATE tag SET slug = 'SSO' WHERE slug = 'sso'", {
  ...{ table: 'tag', sets: ['slug'], by: [null] },
});

describe.each(engines)('slugs with capitals in an export, on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await imported(forum.db, linesOf(RECORDS));
  });
  afterAll(() => forum.close());

  const countOf = async (query: string): Promise<number> => {
    const { data } = await forum.ask('query ($query: String!) { search(query: $query) { totalCount } }', {
      query,
    });
    return data.search.totalCount;
  };

  test('are stored in lower case', async () => {
    const { data } = await forum.ask(
      '{ discussions { nodes { category { slug } product { slug } tags { slug } } } }',
    );
    expect(data.discussions.nodes).toEqual([
      { category: { slug: 'crm' }, product: { slug: 'acme-suite' }, tags: [{ slug: 'sso' }] },
    ]);
  });

  test.each(['category:crm', 'category:CRM', 'product:Acme-Suite', 'product:acme-suite', 'tag:SSO'])(
    'are found by qualifiers in any case: %s',
    async (query) => {
      expect(await countOf(`kubernetes ${query}`)).toBe(1);
      expect(await countOf(`kubernetes -${query}`)).toBe(0);
    },
  );

  test('still lead to what they name', async () => {
    const { data, errors } = await forum.ask(`{
      category(slug: "CRM") { name } product(slug: "Acme-Suite") { name } tag(slug: "SSO") { name }
      discussions(filter: { categorySlug: "CRM", tagSlugs: ["SSO", "sso"] }) { totalCount } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      ...{ category: { name: 'Customers' }, product: { name: 'Acme' }, tag: { name: 'Sign-on' } },
      discussions: { totalCount: 1 },
    });
  });

  test('name a tag once that is given in two ways', async () => {
    const input = { title: 'Two ways?', body: 'x', tagSlugs: ['sso', 'SSO'] };
    const { data } = await forum.as('ada').do('createDiscussion', input, 'discussion { tags { slug } }');
    expect(data.createDiscussion.discussion.tags).toEqual([{ slug: 'sso' }]);
  });

  test('are found as they are if an earlier version has stored them', async () => {
    await forum.db.transaction(async (tx) => tx.run(capitalize, []));
    expect(await countOf('kubernetes tag:SSO')).toBe(1);
    const { data } = await forum.ask('{ tag(slug: "SSO") { slug } }');
    expect(data.tag.slug).toBe('SSO');
  });
});
