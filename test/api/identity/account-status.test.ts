import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { newcomer } from './account-rows.ts';

const STATUS = 'accountStatus { createdAt isEmailConfirmed lastSeenAt }';
const OF = `query ($id: ID!) { author(id: $id) { ${STATUS} } }`;

describe.each(engines)('Author.accountStatus on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  const seenBy = async (token: string | undefined, id: string) => {
    const { data, errors } = await (token === undefined
      ? forum.ask(OF, { id })
      : forum.askWith(token, OF, { id }));
    expect(errors).toBeUndefined();
    return data.author.accountStatus;
  };

  test('shows an admin when an account was created and last used, and whether its address is confirmed', async () => {
    const root = await forum.as('root').token();
    const owner = await newcomer(forum);
    const createdAt = forum.now().toISOString();
    expect(await seenBy(root, owner.authorId)).toEqual({
      ...{ createdAt, isEmailConfirmed: false, lastSeenAt: createdAt },
    });
    forum.wait(3_600_000);
    await forum.askWith(owner.token, '{ viewer { id } }');
    const usedAt = forum.now().toISOString();
    await expect.poll(async () => (await seenBy(root, owner.authorId)).lastSeenAt).toBe(usedAt);
    await forum.db.write((tx) => tx.account.updateMany({ data: { emailConfirmedAt: forum.now() } }));
    await forum.do('signOut', {}, 'clientMutationId', owner.token);
    expect(await seenBy(root, owner.authorId)).toEqual({
      ...{ createdAt, isEmailConfirmed: true, lastSeenAt: null },
    });
  });

  test('a key counts too, also a revoked one, and the later of two uses is shown', async () => {
    const root = await forum.as('root').token();
    const owner = await newcomer(forum);
    const made = await forum.do(
      'createApiKey',
      { name: 'k', scopes: ['WRITE'] },
      'token apiKey { id }',
      owner.token,
    );
    const { token, apiKey } = made.data.createApiKey;
    forum.wait(3_600_000);
    await forum.askWith(token, '{ viewer { id } }');
    const usedAt = forum.now().toISOString();
    await expect.poll(async () => (await seenBy(root, owner.authorId)).lastSeenAt).toBe(usedAt);
    await forum.do('revokeApiKey', { apiKeyId: apiKey.id }, 'clientMutationId', owner.token);
    expect((await seenBy(root, owner.authorId)).lastSeenAt).toBe(usedAt);
  });

  test('is null for everyone else, the owner included, and for authors without an account', async () => {
    const owner = await newcomer(forum);
    const others = [undefined, owner.token, await forum.as('ada').token(), await forum.as('mod').token()];
    const limited = await forum.as('root').keyWith(['MODERATE']);
    for (const token of [...others, limited]) expect(await seenBy(token, owner.authorId)).toBeNull();
    const root = await forum.as('root').token();
    expect(await seenBy(root, await forum.as('ada').id())).toBeNull();
  });

  test('costs one statement for all authors of a page', async () => {
    const root = await forum.as('root').token();
    const counts: number[] = [];
    for (const first of [1, 2]) {
      const query = `{ authors(first: ${first}) { nodes { handle ${STATUS} } } }`;
      const { answer, statements } = await forum.count(query, {}, root);
      expect(answer.data.authors.nodes).toHaveLength(first);
      counts.push(statements);
    }
    expect(counts[1]).toBe(counts[0]);
  });
});
