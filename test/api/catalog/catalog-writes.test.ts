import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertNew, statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';

const ENTRIES = statement<Record<string, string | null>>(
  'test.entries',
  `SELECT 'product' AS kind, slug, name, url FROM product UNION ALL SELECT 'category', slug, name, url FROM category
    UNION ALL SELECT 'tag', slug, name, null FROM tag ORDER BY 1, 2`,
);
const KINDS = ['Product', 'Category', 'Tag'] as const;

describe.each(engines)('the catalogue on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  const rows = () => forum.db.read.all(ENTRIES, []);
  const create = (kind: string, input: object, who = 'mod') =>
    forum.as(who).do(`create${kind}`, { ...input }, `${kind.toLowerCase()} { id slug name }`);
  async function made(kind: string, name: string): Promise<{ id: string; slug: string }> {
    return (await create(kind, { name })).data[`create${kind}`][kind.toLowerCase()];
  }

  test.each(KINDS)(
    'create%s adds one under the slug of its name, and refuses a second one like it',
    async (kind) => {
      expect(await create(kind, { name: ' Cloud  Vault ' })).toEqual({
        data: {
          [`create${kind}`]: {
            [kind.toLowerCase()]: { id: expect.any(String), slug: 'cloud-vault', name: 'Cloud  Vault' },
          },
        },
      });
      const before = await rows();
      expect(refusalOf(await create(kind, { name: 'cloud vault' }))).toEqual({
        code: 'CONFLICT',
        field: 'input.name',
      });
      expect(refusalOf(await create(kind, { name: 'Other', slug: 'cloud-vault' }))).toEqual({
        ...{ code: 'CONFLICT', field: 'input.slug' },
      });
      expect(await rows()).toEqual(before);
      expect((await create(kind, { name: 'cloud vault', slug: 'cloud-vault-2' })).errors).toBeUndefined();
    },
  );

  test('deleteCategory waits for a role that is being given for it, and leaves both', async () => {
    const { id } = await made('Category', 'Contested');
    const moderated = { authorId: (await forum.as('moira').id()).slice(2), categoryId: id.slice(2) };
    const { deleted } = await forum.db.transaction(async (tx) => {
      await insertNew(tx, 'moderated_category', moderated);
      const deleted = forum.as('mod').do('deleteCategory', { categoryId: id }, 'deletedCategoryId');
      await sleep(300);
      return { deleted };
    });
    expect(refusalOf(await deleted)).toEqual({ code: 'CONFLICT', field: 'input.categoryId' });
    const covered = await forum.ask('query ($id: ID!) { author(id: $id) { moderatedCategories { slug } } }', {
      id: await forum.as('moira').id(),
    });
    expect(covered.data.author.moderatedCategories).toEqual([{ slug: 'contested' }]);
  });

  test.each(KINDS)('create%s is done once by fifty at once, and once by fifty repeats', async (kind) => {
    const racing = await Promise.all(Array.from({ length: 50 }, () => create(kind, { name: 'Raced' })));
    expect(racing.filter(({ errors }) => !errors)).toHaveLength(1);
    const input = { name: 'Repeated', idempotencyKey: `repeat-${kind}` };
    const repeats = await Promise.all(Array.from({ length: 50 }, () => create(kind, input)));
    expect(new Set(repeats.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const names = (await rows())
      .filter((row) => row['kind'] === kind.toLowerCase())
      .map((row) => row['name']);
    expect(names.filter((name) => name === 'Raced' || name === 'Repeated').sort()).toEqual([
      'Raced',
      'Repeated',
    ]);
  });

  test.each(KINDS)('update%s changes the name and keeps the slug', async (kind) => {
    const key = `${kind.toLowerCase()}Id`;
    const { id, slug } = await made(kind, `Old ${kind}`);
    const selection = `${kind.toLowerCase()} { slug name }`;
    const answer = await forum.as('mod').do(`update${kind}`, { [key]: id, name: 'New' }, selection);
    expect(answer.data[`update${kind}`][kind.toLowerCase()]).toEqual({ slug, name: 'New' });
    const before = await rows();
    const nameless = await forum.as('mod').do(`update${kind}`, { [key]: id, name: null }, selection);
    expect(refusalOf(nameless)).toEqual({ code: 'BAD_USER_INPUT', field: 'input.name' });
    const unknown = await forum
      .as('mod')
      .do(`update${kind}`, { [key]: `${id.slice(0, -4)}0000`, name: 'X' }, selection);
    expect(refusalOf(unknown)).toEqual({ code: 'NOT_FOUND', field: `input.${key}` });
    expect(await rows()).toEqual(before);
  });

  test('updateProduct sets and clears a URL, updateCategory what is answerable, and both keep what is omitted', async () => {
    const [product, category] = [await made('Product', 'Linked'), await made('Category', 'Answerable')];
    const update = async (kind: 'Product' | 'Category', id: string, set: object) => {
      const name = kind.toLowerCase();
      const input = { [`${name}Id`]: id, ...set };
      const fields = kind === 'Product' ? 'name url' : 'name url isAnswerable';
      const answer = await forum.as('mod').do(`update${kind}`, input, `${name} { ${fields} }`);
      return answer.errors ? refusalOf(answer) : answer.data[`update${kind}`][name];
    };
    const url = 'https://linked.example/';
    expect(await update('Product', product.id, { url })).toEqual({ name: 'Linked', url });
    expect(await update('Product', product.id, { name: 'Named' })).toEqual({ name: 'Named', url });
    expect(await update('Product', product.id, {})).toEqual({ name: 'Named', url });
    const refusal = { code: 'BAD_USER_INPUT', field: 'input.url' };
    expect(await update('Product', product.id, { url: 'javascript:alert(1)' })).toEqual(refusal);
    expect(await update('Product', product.id, { url: null })).toEqual({
      ...{ name: 'Named', url: 'https://forum.example/products/linked' },
    });
    const shown = { name: 'Answerable', url: 'https://forum.example/categories/answerable' };
    for (const isAnswerable of [false, true, false])
      expect(await update('Category', category.id, { isAnswerable })).toEqual({ ...shown, isAnswerable });
    expect(await update('Category', category.id, { url })).toEqual({ ...shown, url, isAnswerable: false });
    const refused = { code: 'BAD_USER_INPUT', field: 'input.isAnswerable' };
    expect(await update('Category', category.id, { isAnswerable: null })).toEqual(refused);
  });

  test.each(KINDS)('delete%s removes one that nothing needs, and no other', async (kind) => {
    const key = `${kind.toLowerCase()}Id`;
    const remove = (id: string) => forum.as('mod').do(`delete${kind}`, { [key]: id }, `deleted${kind}Id`);
    const used = await made(kind, `Used ${kind}`);
    const place = kind === 'Tag' ? { tagSlugs: [used.slug] } : { [key]: used.id };
    await forum.as('ada').do('createDiscussion', { title: 'T', body: 'B', ...place }, 'discussion { id }');
    const before = await rows();
    expect(refusalOf(await remove(used.id))).toEqual({ code: 'CONFLICT', field: `input.${key}` });
    expect(await rows()).toEqual(before);
    const unused = await made(kind, `Unused ${kind}`);
    expect(await remove(unused.id)).toEqual({
      data: { [`delete${kind}`]: { [`deleted${kind}Id`]: unused.id } },
    });
    expect(refusalOf(await remove(unused.id))).toEqual({ code: 'NOT_FOUND', field: `input.${key}` });
    expect(await rows()).toEqual(before);
  });

  test('deleteCategory keeps one that a role covers: without it the role would cover everything', async () => {
    const { id } = await made('Category', 'Covered');
    const role = { authorId: await forum.as('cleo').id(), role: 'MODERATOR', categoryIds: [id] };
    expect((await forum.as('root').do('setAuthorRole', role, 'author { id }')).errors).toBeUndefined();
    const answer = await forum.as('mod').do('deleteCategory', { categoryId: id }, 'deletedCategoryId');
    expect(refusalOf(answer)).toEqual({ code: 'CONFLICT', field: 'input.categoryId' });
    expect(refusalOf(await create('Tag', { name: 'By cleo' }, 'cleo'))).toEqual({
      code: 'FORBIDDEN',
      field: undefined,
    });
  });

  test.each(KINDS)('%s.viewerCan says who may change and delete it', async (kind) => {
    const { id } = await made(kind, `Asked of ${kind}`);
    const query = `{ node(id: "${id}") { ... on ${kind} { viewerCan { update { code } delete { code } } } } }`;
    const codes: Record<string, unknown> = {};
    for (const who of ['guest', 'ada', 'vic', 'mod', 'root']) {
      const { data } = await (who === 'guest' ? forum.ask(query) : forum.as(who).ask(query));
      const { update, delete: remove } = data.node.viewerCan;
      codes[who] = [update.code, remove.code];
    }
    expect(codes).toEqual({
      ...{ guest: ['UNAUTHENTICATED', 'UNAUTHENTICATED'], ada: ['FORBIDDEN', 'FORBIDDEN'] },
      ...{ vic: ['FORBIDDEN', 'FORBIDDEN'], mod: [null, null], root: [null, null] },
    });
  });

  test.each([
    ['a member', 'ada', { name: 'X' }, 'FORBIDDEN', undefined],
    ['a vendor', 'vic', { name: 'X' }, 'FORBIDDEN', undefined],
    ['a blank name', 'mod', { name: ' ' }, 'BAD_USER_INPUT', 'input.name'],
    ['a name that turns text around', 'mod', { name: 'a\u202Eb' }, 'BAD_USER_INPUT', 'input.name'],
    ['a long name', 'mod', { name: 'x'.repeat(101) }, 'BAD_USER_INPUT', 'input.name'],
    ['a slug with a blank', 'mod', { name: 'X', slug: 'a b' }, 'BAD_USER_INPUT', 'input.slug'],
    [
      'a script for an address',
      'mod',
      { name: 'X', url: 'javascript:alert(1)' },
      'BAD_USER_INPUT',
      'input.url',
    ],
    [
      'a password in an address',
      'mod',
      { name: 'X', url: 'https://a:b@c.example' },
      'BAD_USER_INPUT',
      'input.url',
    ],
  ])('createProduct refuses %s, and writes nothing', async (_what, who, input, code, field) => {
    const before = await rows();
    expect(refusalOf(await create('Product', input, who))).toEqual({ code, field });
    expect(await rows()).toEqual(before);
  });
});
