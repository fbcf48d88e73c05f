import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { change } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Answer, CAPTURED_AT, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { newcomer, rowCounts, rowsAsText, VIEWER } from './account-rows.ts';

const HOUR_MS = 60 * 60 * 1000;
const at = (ms: number) => new Date(CAPTURED_AT.getTime() + ms).toISOString();
const KEY = 'token apiKey { id name hint scopes createdAt expiresAt lastUsedAt revokedAt }';
const endSessions = change('test.end sessions', 'DELETE FROM session WHERE author_id = ?', {
  table: 'session',
  sets: null,
  by: ['author_id'],
});
const setRole = change('test.set role', 'UPDATE author SET role = ? WHERE name = ?', {
  table: 'author',
  sets: ['role'],
  by: ['role', 'name'],
});

describe.each(engines)('API keys on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  const make = (token: string | undefined, input: object = {}) =>
    forum.do('createApiKey', { name: 'a program', scopes: ['WRITE'], ...input }, KEY, token);
  const revoke = (token: string | undefined, apiKeyId: string, more = {}) =>
    forum.do('revokeApiKey', { apiKeyId, ...more }, 'apiKey { revokedAt }', token);
  const isGood = async (token: string) => (await forum.askWith(token, VIEWER)).errors === undefined;

  test('are created with a name, scopes and an expiry; only the response holds the token', async () => {
    const { token } = await newcomer(forum);
    const { token: key, apiKey } = (await make(token, { expiresAt: at(HOUR_MS) })).data.createApiKey;
    expect(key).toMatch(/^prl_key_[0-9A-Za-z]{38}$/);
    expect(apiKey).toEqual({
      id: apiKey.id,
      name: 'a program',
      hint: key.slice(0, 12),
      scopes: ['READ', 'WRITE'],
      createdAt: at(0),
      expiresAt: at(HOUR_MS),
      lastUsedAt: null,
      revokedAt: null,
    });
    expect(await rowsAsText(forum.db)).not.toContain(key);
    expect(await isGood(key)).toBe(true);
    forum.wait(HOUR_MS);
    expect((await forum.askWith(key, VIEWER)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    forum.wait(-HOUR_MS);
  });

  test('update when they were last used, once in five minutes', async () => {
    const { token } = await newcomer(forum);
    const { token: key, apiKey } = (await make(token)).data.createApiKey;
    const lastUsedAt = async () => {
      const query = 'query ($id: ID!) { node(id: $id) { ... on ApiKey { lastUsedAt } } }';
      return (await forum.askWith(token, query, { id: apiKey.id })).data.node.lastUsedAt;
    };
    await Promise.all(Array.from({ length: 20 }, () => isGood(key)));
    await expect.poll(lastUsedAt).toBe(at(0));
    forum.wait(4 * 60_000);
    await isGood(key);
    expect(await lastUsedAt()).toBe(at(0));
    forum.wait(60_000);
    await isGood(key);
    await expect.poll(lastUsedAt).toBe(at(5 * 60_000));
    forum.wait(-5 * 60_000);
  });

  test('a read-only key changes nothing: it neither creates nor revokes keys', async () => {
    const { token } = await newcomer(forum);
    const { token: reader, apiKey } = (await make(token, { scopes: ['READ'] })).data.createApiKey;
    const before = await rowCounts(forum.db);
    expect(refusalOf(await make(reader, { scopes: ['READ'] }))).toEqual({ code: 'FORBIDDEN' });
    expect(refusalOf(await revoke(reader, apiKey.id))).toEqual({ code: 'FORBIDDEN' });
    expect(refusalOf(await make(undefined))).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await rowCounts(forum.db)).toEqual(before);
  });

  test('give no more than the role of their creator', async () => {
    const name = `Moderator on ${engine}`;
    const { token } = await newcomer(forum, { name });
    const beyond = { code: 'FORBIDDEN', field: 'input.scopes' };
    expect(refusalOf(await make(token, { scopes: ['MODERATE'] }))).toEqual(beyond);
    await forum.db.transaction((tx) => Promise.resolve(tx.run(setRole, ['MODERATOR', name])));
    const full = (await make(token, { scopes: ['MODERATE'] })).data.createApiKey;
    expect(full.apiKey.scopes).toEqual(['READ', 'WRITE', 'MODERATE']);
    const before = await rowCounts(forum.db);
    expect(refusalOf(await make(token, { scopes: ['ADMIN'] }))).toEqual(beyond);
    // a moderator who is one no longer makes no keys that moderate
    await forum.db.transaction((tx) => Promise.resolve(tx.run(setRole, ['MEMBER', name])));
    expect(refusalOf(await make(token, { scopes: ['MODERATE'] }))).toEqual(beyond);
    expect(await rowCounts(forum.db)).toEqual(before);
  });

  test('are created by no key, whatever its scopes: none has a sibling that outlives it', async () => {
    const { token } = await newcomer(forum);
    const keys = [
      (await make(token)).data.createApiKey.token,
      (await make(token, { scopes: ['READ'] })).data.createApiKey.token,
      await forum.as('root').token(),
      await forum.as('mod').keyWith(['MODERATE']),
    ];
    const before = await rowsAsText(forum.db);
    for (const key of keys)
      for (const more of [{}, { scopes: ['READ'] }, { idempotencyKey: `by-a-key-${engine}` }])
        expect(refusalOf(await make(key, more))).toEqual({ code: 'FORBIDDEN' });
    expect(await rowsAsText(forum.db)).toBe(before);
  });

  test.each([
    [{ name: ' ' }, 'input.name'],
    [{ name: 'n'.repeat(101) }, 'input.name'],
    [{ scopes: [] }, 'input.scopes'],
    [{ expiresAt: at(0) }, 'input.expiresAt'],
    [{ expiresAt: '1999-01-01T00:00:00Z' }, 'input.expiresAt'],
    [{ idempotencyKey: 'short' }, 'input.idempotencyKey'],
  ])('are refused with %j, and nothing is written', async (wrong, field) => {
    const { token } = await newcomer(forum);
    const before = await rowsAsText(forum.db);
    expect(refusalOf(await make(token, wrong))).toEqual({ code: 'BAD_USER_INPUT', field });
    expect(await rowsAsText(forum.db)).toBe(before);
  });

  test('of an admin with the scope MODERATE moderate every category, and set no roles', async () => {
    const started = await forum
      .as('ada')
      .do('createDiscussion', { title: 'T', body: 'B' }, 'discussion { id }');
    const { id: discussionId } = started.data.createDiscussion.discussion;
    const key = await forum.as('root').keyWith(['MODERATE']);
    const locked = await forum.do('lockDiscussion', { discussionId }, 'discussion { isLocked }', key);
    expect(locked.data).toEqual({ lockDiscussion: { discussion: { isLocked: true } } });
    const authorId = await forum.as('ada').id();
    const raised = await forum.do('setAuthorRole', { authorId, role: 'ADMIN' }, 'author { role }', key);
    expect(refusalOf(raised)).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('fifty repeats at once create one key, and return the same one', async () => {
    const { token } = await newcomer(forum);
    const before = await rowCounts(forum.db);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => make(token, { idempotencyKey: '9a1c-key-repeat-1' })),
    );
    expect(answers[0]?.errors).toBeUndefined();
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await rowCounts(forum.db)).api_key).toBe(before.api_key + 1);
  });

  test('are not created by a session that is being ended', async () => {
    const { token, authorId } = await newcomer(forum);
    const before = await rowCounts(forum.db);
    let sent: ReturnType<typeof make> | undefined;
    await forum.db.transaction(async (tx) => {
      await tx.run(endSessions, [authorId.slice(2)]);
      sent = make(token);
      // until it has been let in, and waits for us
      await sleep(300);
    });
    expect(refusalOf((await sent) as Answer)).toEqual({ code: 'UNAUTHENTICATED' });
    expect((await rowCounts(forum.db)).api_key).toBe(before.api_key);
  });

  test('stop working at once when they are revoked; revoking again changes nothing, and the list still shows them', async () => {
    const { token } = await newcomer(forum);
    const { token: key, apiKey } = (await make(token)).data.createApiKey;
    forum.wait(1000);
    const revoked = { data: { revokeApiKey: { apiKey: { revokedAt: at(1000) } } } };
    expect(await revoke(token, apiKey.id)).toEqual(revoked);
    forum.wait(1000);
    expect(await revoke(token, apiKey.id)).toEqual(revoked);
    forum.wait(-2000);
    const answer = await make(key);
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const { data } = await forum.askWith(
      token,
      '{ viewer { apiKeys { totalCount nodes { id revokedAt } } } }',
    );
    expect(data.viewer.apiKeys).toEqual({ totalCount: 1, nodes: [{ id: apiKey.id, revokedAt: at(1000) }] });
  });

  test('cannot be seen or revoked by others, and a key can only revoke itself', async () => {
    const [owner, other] = [await newcomer(forum), await newcomer(forum)];
    const first = (await make(owner.token)).data.createApiKey;
    const second = (await make(owner.token)).data.createApiKey;
    const NODE = 'query ($id: ID!) { node(id: $id) { id } }';
    const before = await rowCounts(forum.db);
    for (const answer of [
      await forum.ask(NODE, { id: first.apiKey.id }),
      await forum.askWith(other.token, NODE, { id: first.apiKey.id }),
    ])
      expect(refusalOf(answer)).toEqual({ code: 'NOT_FOUND', field: 'id' });
    const LIST = '{ viewer { apiKeys(first: 5) { totalCount nodes { id } } } }';
    expect((await forum.askWith(other.token, LIST)).data.viewer.apiKeys).toEqual({
      totalCount: 0,
      nodes: [],
    });
    expect(await forum.ask(LIST)).toEqual({ data: { viewer: null } });
    expect((await forum.askWith(owner.token, LIST)).data.viewer.apiKeys).toEqual({
      totalCount: 2,
      nodes: [{ id: second.apiKey.id }, { id: first.apiKey.id }],
    });
    const nothing = { code: 'NOT_FOUND', field: 'input.apiKeyId' };
    expect(refusalOf(await revoke(other.token, first.apiKey.id))).toEqual(nothing);
    expect(refusalOf(await revoke(owner.token, owner.authorId))).toEqual(nothing);
    expect(refusalOf(await revoke(undefined, first.apiKey.id))).toEqual({ code: 'UNAUTHENTICATED' });
    expect(refusalOf(await revoke(first.token, second.apiKey.id))).toEqual({
      code: 'FORBIDDEN',
      field: 'input.apiKeyId',
    });
    expect([await isGood(first.token), await isGood(second.token)]).toEqual([true, true]);
    expect(await rowCounts(forum.db)).toEqual(before);
    expect((await revoke(first.token, first.apiKey.id)).errors).toBeUndefined();
    expect([await isGood(first.token), await isGood(second.token)]).toEqual([false, true]);
  });
});
