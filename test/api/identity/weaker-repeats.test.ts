import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { change } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { newcomer, PASSWORD, rowsAsText } from './account-rows.ts';

const setRole = change('test.set role by id', 'UPDATE author SET role = ? WHERE id = ?', {
  table: 'author',
  sets: ['role'],
  by: ['role', 'id'],
});
const limitTo = change(
  'test.limit to category',
  'INSERT INTO moderated_category (author_id, category_id) VALUES (?, ?)',
  { table: 'moderated_category', sets: null, by: ['author_id', 'category_id'] },
);
const endVendor = change('test.end vendor', 'DELETE FROM vendor_product WHERE author_id = ?', {
  table: 'vendor_product',
  sets: null,
  by: ['author_id'],
});

describe.each(engines)('a repeat under a known idempotency key on %s', (engine) => {
  let forum: Forum;
  let discussionId: string;
  let productId: string;
  let categoryId: string;
  let keys = 0;
  const newKey = () => `a-key-that-is-known-${++keys}`;
  const rowId = (id: string) => id.slice(2);
  const run = (statement: typeof setRole, params: string[]) =>
    forum.db.transaction(async (tx) => tx.run(statement, params));
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    const root = forum.as('root');
    const product = await root.do('createProduct', { name: 'Orchard' }, 'product { id }');
    const category = await root.do('createCategory', { name: 'Fruit' }, 'category { id }');
    productId = product.data.createProduct.product.id;
    categoryId = category.data.createCategory.category.id;
    const input = { title: 'T', body: 'B', productId };
    const made = await forum.as('ada').do('createDiscussion', input, 'discussion { id }');
    discussionId = made.data.createDiscussion.discussion.id;
  });
  afterAll(() => forum.close());

  const lock = (token: string, idempotencyKey: string) =>
    forum.do('lockDiscussion', { discussionId, idempotencyKey }, 'discussion { id }', token);

  test('is answered to a credential with the same rights, and refused to a weaker one of the same author', async () => {
    const mod = forum.as('mod');
    const idempotencyKey = newKey();
    const first = await lock(await mod.keyWith(['MODERATE']), idempotencyKey);
    expect(first.errors).toBeUndefined();
    const before = await rowsAsText(forum.db);
    expect(await lock(await mod.token(), idempotencyKey)).toEqual(first);
    for (const scopes of [['READ'], ['WRITE']] as const) {
      const weaker = await mod.keyWith(scopes);
      const unchanged = await rowsAsText(forum.db);
      expect({ scopes, ...refusalOf(await lock(weaker, idempotencyKey)) }).toEqual({
        scopes,
        code: 'FORBIDDEN',
      });
      expect(await rowsAsText(forum.db)).toBe(unchanged);
    }
    expect(await rowsAsText(forum.db)).not.toBe(before); // the keys alone
  });

  test('is answered to an author who has more rights since', async () => {
    const una = forum.as(`Una ${engine}`);
    const input = { discussionId: '', body: 'B', idempotencyKey: newKey() };
    const asked = await una.do('createDiscussion', { title: 'Mine', body: 'B' }, 'discussion { id }');
    input.discussionId = asked.data.createDiscussion.discussion.id;
    const first = await una.do('addComment', input, 'comment { id }');
    await run(setRole, ['MODERATOR', rowId(await una.id())]);
    const again = await forum.do('addComment', input, 'comment { id }', await una.keyWith(['MODERATE']));
    expect(again).toEqual(first);
  });

  test.each([
    ['an admin who is a moderator now', 'ADMIN', 'MODERATOR'],
    ['a moderator who is a member now', 'MODERATOR', 'MEMBER'],
    ['a moderator who is a vendor now', 'MODERATOR', 'VENDOR'],
  ])('is refused to %s, and writes nothing', async (_, was, is) => {
    const person = await newcomer(forum);
    await run(setRole, [was, rowId(person.authorId)]);
    const idempotencyKey = newKey();
    expect((await lock(person.token, idempotencyKey)).errors).toBeUndefined();
    await run(setRole, [is, rowId(person.authorId)]);
    const before = await rowsAsText(forum.db);
    expect(refusalOf(await lock(person.token, idempotencyKey))).toEqual({ code: 'FORBIDDEN' });
    expect(await rowsAsText(forum.db)).toBe(before);
  });

  test('is refused to a moderator who is limited to some categories since', async () => {
    const person = await newcomer(forum);
    await run(setRole, ['MODERATOR', rowId(person.authorId)]);
    const idempotencyKey = newKey();
    expect((await lock(person.token, idempotencyKey)).errors).toBeUndefined();
    await run(limitTo, [rowId(person.authorId), rowId(categoryId)]);
    expect(refusalOf(await lock(person.token, idempotencyKey))).toEqual({ code: 'FORBIDDEN' });
  });

  test('is refused to a vendor who represents the product no longer', async () => {
    await forum.as('mod').do('unlockDiscussion', { discussionId }, 'discussion { id }');
    const person = await newcomer(forum);
    const role = { authorId: person.authorId, role: 'VENDOR', productIds: [productId] };
    await forum.as('root').do('setAuthorRole', role, 'author { role }');
    const input = { discussionId, body: 'Ours', isOfficial: true, idempotencyKey: newKey() };
    const comment = () => forum.do('addComment', input, 'comment { id }', person.token);
    expect((await comment()).errors).toBeUndefined();
    expect((await comment()).errors).toBeUndefined();
    await run(endVendor, [rowId(person.authorId)]);
    const before = await rowsAsText(forum.db);
    expect(refusalOf(await comment())).toEqual({ code: 'FORBIDDEN' });
    expect(await rowsAsText(forum.db)).toBe(before);
  });

  test('never gives a stored secret to a weaker credential, nor to a wrong password', async () => {
    const person = await newcomer(forum);
    const made = { name: 'k', scopes: ['WRITE'], idempotencyKey: newKey() };
    const first = await forum.do('createApiKey', made, 'token', person.token);
    const key = first.data.createApiKey.token;
    expect(await forum.do('createApiKey', made, 'token', person.token)).toEqual(first);
    expect(refusalOf(await forum.do('createApiKey', made, 'token', key))).toEqual({ code: 'FORBIDDEN' });

    const signingIn = { email: person.email, password: PASSWORD, idempotencyKey: newKey() };
    const signIn = (input: object) => forum.do('signIn', { ...signingIn, ...input }, 'token');
    const session = await signIn({});
    expect(await signIn({})).toEqual(session);
    const wrong = { code: 'INVALID_CREDENTIALS', field: 'input.password' };
    expect(refusalOf(await signIn({ password: 'not my password' }))).toEqual(wrong);
    const changed = { currentPassword: PASSWORD, newPassword: 'four small elephants' };
    expect(
      (await forum.do('changePassword', changed, 'clientMutationId', person.token)).errors,
    ).toBeUndefined();
    // the password that was right once is not right any more
    expect(refusalOf(await signIn({}))).toEqual(wrong);
  });

  test('of createApiKey is refused to an author who lost the role that its scopes need', async () => {
    const person = await newcomer(forum);
    await run(setRole, ['ADMIN', rowId(person.authorId)]);
    const made = { name: 'k', scopes: ['ADMIN'], idempotencyKey: newKey() };
    const make = () => forum.do('createApiKey', made, 'token', person.token);
    expect((await make()).errors).toBeUndefined();
    await run(setRole, ['MEMBER', rowId(person.authorId)]);
    expect(refusalOf(await make())).toEqual({ code: 'FORBIDDEN', field: 'input.scopes' });
  });
});
