import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tryWrite } from '../../src/access/try-write.ts';
import { statement } from '../../src/store/index.ts';
import { engines, openTestDatabase } from '../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../support/forum.ts';
import { refusalOf } from '../support/refusal.ts';

const KEYS = statement<{ payload: string; hash: string; inputHash: string }>(
  'test.keys',
  'SELECT payload, hash, input_hash AS "inputHash" FROM idempotency_key ORDER BY hash',
);

describe.each(engines)('an input under an idempotency key on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  const input = { title: 'One', body: 'Is it?', categoryId: null, tagSlugs: [], idempotencyKey: 'key-1' };
  const send = (changed: object, by = 'ada') =>
    forum.as(by).do('createDiscussion', { ...input, ...changed }, 'discussion { id }');

  test('is the same in whatever order its members come, null included, and whatever its clientMutationId', async () => {
    const first = await send({});
    expect(first.errors).toBeUndefined();
    const reversed = Object.fromEntries(Object.entries(input).reverse());
    const repeated = await forum.as('ada').do('createDiscussion', reversed, 'discussion { id }');
    expect(repeated).toEqual(first);
    expect(await send({ clientMutationId: 'again' })).toEqual(first);
  });

  test('is the same whether a field with a default is omitted or has it', async () => {
    const first = await send({});
    const { tagSlugs: _, ...omitted } = input;
    expect(await forum.as('ada').do('createDiscussion', omitted, 'discussion { id }')).toEqual(first);
  });

  test('is free again after a refusal, for another input too', async () => {
    expect(refusalOf(await send({ title: ' ' })).code).toBe('BAD_USER_INPUT');
    expect((await send({})).errors).toBeUndefined();
  });

  test.each([{ title: 'Two' }, { body: 'Is it? ' }, { productId: null }, { externalId: 'one' }])(
    'is another one with %j, which is refused and writes nothing',
    async (changed) => {
      await send({});
      const before = await forum.db.read.all(KEYS, []);
      expect(refusalOf(await send(changed))).toEqual({
        ...{ code: 'IDEMPOTENCY_KEY_REUSED', field: 'input.idempotencyKey' },
      });
      expect(await forum.db.read.all(KEYS, [])).toEqual(before);
    },
  );

  test('is another actor’s own, and the table holds neither key nor text', async () => {
    const [mine, theirs] = [await send({}), await send({}, 'ben')];
    expect(theirs.errors).toBeUndefined();
    expect(theirs.data).not.toEqual(mine.data);
    const rows = JSON.stringify(await forum.db.read.all(KEYS, []));
    for (const text of ['key-1', 'Is it?']) expect(rows).not.toContain(text);
  });

  test.each([
    ['', false],
    ['k', true],
    ['k'.repeat(255), true],
    ['k'.repeat(256), false],
  ])('is refused if the key has not 1 to 255 characters: %s', async (idempotencyKey, isGood) => {
    const answer = await send({ idempotencyKey });
    if (isGood) expect(answer.errors).toBeUndefined();
    else expect(refusalOf(answer)).toEqual({ code: 'BAD_USER_INPUT', field: 'input.idempotencyKey' });
  });
});

test.each(engines)('tryWrite goes the way of a write on %s, and leaves nothing', async (engine) => {
  const { db, close } = await openTestDatabase(engine);
  const written: string[] = [];
  const stop = db.onStatement((text) => written.push(text));
  await tryWrite(db, CAPTURED_AT);
  stop();
  expect(written.some((text) => /INSERT INTO "?idempotency_key/i.test(text))).toBe(true);
  expect(await db.read.all(KEYS, [])).toEqual([]);
  await close();
  await expect(tryWrite(db, CAPTURED_AT)).rejects.toThrow();
});
