import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId } from '../../../src/graphql/global-id.ts';
import { newId } from '../../../src/store/ids.ts';
import { insertRow, statement, updateRows } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const ROLES = statement<{ name: string; role: string }>(
  'test.roles',
  'SELECT name, role FROM author ORDER BY name',
);
const COVERED = statement<{ name: string; slug: string }>(
  'test.covered',
  `SELECT a.name, c.slug FROM moderated_category m JOIN author a ON a.id = m.author_id JOIN category c ON c.id = m.category_id
    UNION ALL SELECT a.name, p.slug FROM vendor_product v JOIN author a ON a.id = v.author_id JOIN product p ON p.id = v.product_id
    ORDER BY 1, 2`,
);
const COVERS = 'author { role moderatedCategories { slug } representedProducts { slug } }';

describe.each(engines)('setAuthorRole on %s', (engine) => {
  let forum: Forum;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const name of ['ada', 'ben', 'cleo', 'mod', 'root', 'vic']) ids[name] = await forum.as(name).id();
    await forum.db.transaction(async (tx) => {
      for (const slug of ['backup', 'storage']) {
        const id = newId();
        await insertRow(tx, 'category', { id, slug, name: slug });
        ids[slug] = globalId('Category', id);
      }
      const id = newId();
      await insertRow(tx, 'product', { id, slug: 'vaulty', name: 'Vaulty' });
      ids['vaulty'] = globalId('Product', id);
    });
  });
  afterAll(() => forum.close());
  const rows = async () => [await forum.db.read.all(ROLES, []), await forum.db.read.all(COVERED, [])];
  const set = (who: string, input: Record<string, unknown>) =>
    forum.as(who).do('setAuthorRole', input, COVERS);

  test('replaces a role and its scope', async () => {
    const authorId = ids['ada'];
    const covers = async (input: Record<string, unknown>) =>
      (await set('root', { authorId, ...input })).data.setAuthorRole.author;
    expect(
      await covers({ role: 'MODERATOR', categoryIds: [ids['storage'], ids['backup'], ids['backup']] }),
    ).toEqual({
      ...{
        role: 'MODERATOR',
        moderatedCategories: [{ slug: 'backup' }, { slug: 'storage' }],
        representedProducts: [],
      },
    });
    expect(await covers({ role: 'MODERATOR' })).toEqual({
      role: 'MODERATOR',
      moderatedCategories: [],
      representedProducts: [],
    });
    expect(await covers({ role: 'VENDOR', productIds: [ids['vaulty']] })).toEqual({
      ...{ role: 'VENDOR', moderatedCategories: [], representedProducts: [{ slug: 'vaulty' }] },
    });
    expect(await covers({ role: 'MEMBER' })).toEqual({
      role: 'MEMBER',
      moderatedCategories: [],
      representedProducts: [],
    });
  });

  test('takes effect at the next request', async () => {
    const target = { authorId: ids['cleo'], name: 'Cleo' };
    expect((await forum.as('ada').do('updateAuthor', target, 'author { name }')).errors).toHaveLength(1);
    await set('root', { authorId: ids['ada'], role: 'MODERATOR', categoryIds: [ids['backup']] });
    expect((await forum.as('ada').do('updateAuthor', target, 'author { name }')).errors).toHaveLength(1);
    await set('root', { authorId: ids['ada'], role: 'MODERATOR' });
    // the key of the cast was given to a member, and a key never does more than it was given for
    expect((await forum.as('ada').do('updateAuthor', target, 'author { name }')).errors).toHaveLength(1);
    await set('root', { authorId: ids['ada'], role: 'MEMBER' });
  });

  test.each<[string, Record<string, unknown>, string, string | undefined]>([
    ['ben', { authorId: 'ben', role: 'ADMIN' }, 'FORBIDDEN', undefined],
    ['vic', { authorId: 'ben', role: 'MEMBER' }, 'FORBIDDEN', undefined],
    ['mod', { authorId: 'ben', role: 'MODERATOR' }, 'FORBIDDEN', undefined],
    ['root', { authorId: 'root', role: 'MEMBER' }, 'FORBIDDEN', 'input.role'],
    ['root', { authorId: 'A_00000000000000000000000000', role: 'MEMBER' }, 'NOT_FOUND', 'input.authorId'],
    ['root', { authorId: 'backup', role: 'MEMBER' }, 'NOT_FOUND', 'input.authorId'],
    ['root', { authorId: 'ben', role: 'VENDOR' }, 'BAD_USER_INPUT', 'input.productIds'],
    ['root', { authorId: 'ben', role: 'VENDOR', productIds: ['backup'] }, 'NOT_FOUND', 'input.productIds'],
    [
      'root',
      { authorId: 'ben', role: 'VENDOR', productIds: ['vaulty', 'P_00000000000000000000000000'] },
      'NOT_FOUND',
      'input.productIds',
    ],
    [
      'root',
      { authorId: 'ben', role: 'MODERATOR', categoryIds: ['K_00000000000000000000000000'] },
      'NOT_FOUND',
      'input.categoryIds',
    ],
    [
      'root',
      { authorId: 'ben', role: 'MEMBER', categoryIds: ['backup'] },
      'BAD_USER_INPUT',
      'input.categoryIds',
    ],
    [
      'root',
      { authorId: 'ben', role: 'MODERATOR', productIds: ['vaulty'] },
      'BAD_USER_INPUT',
      'input.productIds',
    ],
  ])('refuses %s %j with %s at %s, and writes nothing', async (who, given, code, field) => {
    const before = await rows();
    const named = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(named) : (ids[String(value)] ?? value);
    const { role, ...others } = given;
    const input = Object.fromEntries(Object.entries(others).map(([key, value]) => [key, named(value)]));
    const { errors } = await set(who, { ...input, role });
    expect(errors?.[0]?.extensions).toEqual({ code, ...(field && { field }) });
    expect(await rows()).toEqual(before);
  });

  test('refuses guests and more than a role can cover', async () => {
    const before = await rows();
    const mutation = `mutation { setAuthorRole(input: { authorId: "${ids['ada']}", role: ADMIN }) { clientMutationId } }`;
    expect((await forum.ask(mutation)).errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
    const categoryIds = Array.from({ length: 101 }, () => globalId('Category', newId()));
    const { errors } = await set('root', { authorId: ids['ben'], role: 'MODERATOR', categoryIds });
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'input.categoryIds' });
    expect(await rows()).toEqual(before);
  });

  test('leaves one admin when two take the role from each other at once, however often', async () => {
    await forum.as('ruth').token();
    const ruth = await forum.as('ruth').id();
    for (let round = 0; round < 10; round++) {
      await set('root', { authorId: ruth, role: 'ADMIN' });
      const takes = [ids['root'], ruth].flatMap((authorId) => [
        set('root', { authorId, role: 'MEMBER' }),
        set('root', { authorId, role: 'MEMBER' }),
      ]);
      await Promise.all(takes);
      const admins = (await forum.db.read.all(ROLES, [])).filter(({ role }) => role === 'ADMIN');
      expect(admins).toHaveLength(1);
      await forum.db.transaction(async (tx) => {
        await updateRows(tx, 'author', { id: ids['root']?.slice(2) ?? '' }, { role: 'ADMIN' });
      });
    }
  });

  test('does it once under one key', async () => {
    const input = {
      authorId: ids['ben'],
      role: 'MODERATOR',
      categoryIds: [ids['backup']],
      idempotencyKey: 'k',
    };
    const answers = await Promise.all(Array.from({ length: 20 }, () => set('root', input)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.errors).toBeUndefined();
  });
});
