import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertRow, statement } from '../../../src/kit/db/index.ts';
import { newId } from '../../../src/kit/ids.ts';
import { engines } from '../../kit/database.ts';
import { type Forum, openForum } from '../../kit/forum.ts';

const ROWS = statement<{ kind: string; slug: string; name: string }>(
  'test.catalogue',
  `SELECT 'product' AS "kind", slug, name FROM product UNION ALL SELECT 'category', slug, name FROM category
    UNION ALL SELECT 'tag', slug, name FROM tag ORDER BY 1, 2`,
);

const KINDS = [
  ['product', 'Product', 'name slug url'],
  ['category', 'Category', 'name slug url isAnswerable'],
  ['tag', 'Tag', 'name slug'],
] as const;

describe.each(engines)('the catalogue on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const name of ['ada', 'mod', 'part', 'root', 'vic']) await forum.as(name).token();
    await forum.db.transaction(async (tx) => {
      const authorId = (await forum.as('part').id()).slice(2);
      const categoryId = newId();
      await insertRow(tx, 'category', { id: categoryId, slug: 'corner', name: 'Corner' });
      await insertRow(tx, 'moderated_category', { authorId, categoryId });
    });
  });
  afterAll(() => forum.close());
  const rows = () => forum.db.read.all(ROWS, []);

  describe.each(KINDS)('%s', (kind, type, fields) => {
    const create = async (input: object, who = 'mod') =>
      forum.as(who).do(`create${type}`, { ...input }, `${kind} { id ${fields} }`);
    const made = async (name: string) => (await create({ name })).data[`create${type}`][kind];

    test('is made with the slug of its name or one of its own, and found by it', async () => {
      const made = (await create({ name: ' Relay Desk ' })).data[`create${type}`][kind];
      expect(made).toMatchObject({ name: 'Relay Desk', slug: 'relay-desk' });
      const other = (await create({ name: 'Relay Desk', slug: 'relay-2' })).data[`create${type}`][kind];
      expect(other).toMatchObject({ name: 'Relay Desk', slug: 'relay-2' });
      const { data } = await forum.ask(`{ ${kind}(slug: "relay-2") { id } }`);
      expect(data[kind].id).toBe(other.id);
    });

    test('changes what is given, keeps its slug unless another is given, and is gone once deleted', async () => {
      const { id } = await made('Ledger');
      const update = async (input: object) =>
        (await forum.as('root').do(`update${type}`, { [`${kind}Id`]: id, ...input }, `${kind} { ${fields} }`))
          .data[`update${type}`][kind];
      expect(await update({ name: 'Big Ledger' })).toMatchObject({ name: 'Big Ledger', slug: 'ledger' });
      expect(await update({ slug: 'big-ledger' })).toMatchObject({ name: 'Big Ledger', slug: 'big-ledger' });
      expect(await update({})).toMatchObject({ name: 'Big Ledger', slug: 'big-ledger' });
      const gone = await forum.as('mod').do(`delete${type}`, { [`${kind}Id`]: id }, `deleted${type}Id`);
      expect(gone).toEqual({ data: { [`delete${type}`]: { [`deleted${type}Id`]: id } } });
      expect((await forum.ask(`{ node(id: "${id}") { id } }`)).errors?.[0]?.extensions.code).toBe(
        'NOT_FOUND',
      );
      const again = await forum.as('mod').do(`delete${type}`, { [`${kind}Id`]: id }, `deleted${type}Id`);
      expect(again.errors?.[0]?.extensions).toEqual({ code: 'NOT_FOUND', field: `input.${kind}Id` });
    });

    test('is made once when twenty make it at once, and once under one key', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => create({ name: 'Raced' })));
      expect(answers.flatMap(({ errors }) => errors ?? []).map(({ extensions }) => extensions)).toEqual(
        Array(19).fill({ code: 'CONFLICT', field: 'input.name' }),
      );
      const input = { name: 'Keyed', idempotencyKey: `k-${kind}` };
      const repeats = await Promise.all(Array.from({ length: 20 }, () => create(input)));
      expect(new Set(repeats.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(repeats[0]?.errors).toBeUndefined();
      const kept = (await rows()).filter((row) => row.kind === kind && /^(raced|keyed)/.test(row.slug));
      expect(kept.map(({ slug }) => slug)).toEqual(['keyed', 'raced']);
    });

    test('refuses what is no name, slug or address, and what is taken, and writes nothing', async () => {
      const { id } = await made('Sound');
      const before = await rows();
      const wrong: [object, string, string][] = [
        [{ name: ' ' }, 'BAD_USER_INPUT', 'input.name'],
        [{ name: 'x'.repeat(101) }, 'BAD_USER_INPUT', 'input.name'],
        [{ name: 'a\nb' }, 'BAD_USER_INPUT', 'input.name'],
        [{ name: '\u202Eneb' }, 'BAD_USER_INPUT', 'input.name'],
        [{ name: 'New', slug: 'New' }, 'BAD_USER_INPUT', 'input.slug'],
        [{ name: 'New', slug: 'a'.repeat(97) }, 'BAD_USER_INPUT', 'input.slug'],
        [{ name: 'New', slug: 'sound' }, 'CONFLICT', 'input.slug'],
        [{ name: 'Sound!' }, 'CONFLICT', 'input.name'],
        ...(kind === 'tag'
          ? []
          : ([
              [{ name: 'New', url: 'javascript:alert(1)' }, 'BAD_USER_INPUT', 'input.url'],
              [{ name: 'New', url: 'https://a:b@x.example/' }, 'BAD_USER_INPUT', 'input.url'],
              [{ name: 'New', url: `https://x.example/${'a'.repeat(2000)}` }, 'BAD_USER_INPUT', 'input.url'],
            ] as [object, string, string][])),
      ];
      for (const [input, code, field] of wrong) {
        expect([input, (await create(input)).errors?.[0]?.extensions]).toEqual([input, { code, field }]);
      }
      const other = await made('Other');
      const late = await forum
        .as('mod')
        .do(`update${type}`, { [`${kind}Id`]: other.id, slug: 'sound' }, `${kind} { id }`);
      expect(late.errors?.[0]?.extensions).toEqual({ code: 'CONFLICT', field: 'input.slug' });
      const cleared = await forum
        .as('mod')
        .do(`update${type}`, { [`${kind}Id`]: id, name: null }, `${kind} { id }`);
      expect(cleared.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'input.name' });
      await forum.as('mod').do(`delete${type}`, { [`${kind}Id`]: other.id }, `deleted${type}Id`);
      expect(await rows()).toEqual(before);
    });

    test('is for moderators of all categories alone, as viewerCan says', async () => {
      const { id } = await made('Guarded');
      const before = await rows();
      const target = { [`${kind}Id`]: id };
      for (const who of ['ada', 'vic', 'part']) {
        const refused = [
          await create({ name: `By ${who}` }, who),
          await forum.as(who).do(`update${type}`, { ...target, name: `By ${who}` }, `${kind} { id }`),
          await forum.as(who).do(`delete${type}`, target, `deleted${type}Id`),
        ];
        for (const { errors } of refused) expect(errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
        const { data } = await forum
          .as(who)
          .ask(`{ node(id: "${id}") { ... on ${type} { viewerCan { update { code } delete { code } } } } }`);
        const code = 'FORBIDDEN';
        expect(data.node.viewerCan).toEqual({ update: { code }, delete: { code } });
      }
      const guest = await forum.ask(`mutation { create${type}(input: { name: "x" }) { clientMutationId } }`);
      expect(guest.errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
      expect(await rows()).toEqual(before);
    });
  });
});
