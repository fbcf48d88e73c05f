import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeToken } from '../../../src/identity/token.ts';
import { TOUCH_EVERY_MS } from '../../../src/identity/touch-last-used.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const WHO = '{ viewer { author { id role } } }';
const HOUR_MS = 3_600_000;

describe('who holds a credential, on SQLite,', () => {
  let forum: Forum;
  beforeEach(async () => {
    forum = await openForum('sqlite', 'empty');
  });
  afterEach(() => forum.close());
  const isGood = async (token: string) => (await forum.askWith(token, WHO)).errors === undefined;

  test('is found out by the next request after another program has changed it', async () => {
    const token = await forum.as('ada').token();
    expect([await isGood(token), await isGood(token)]).toEqual([true, true]);
    const other = new BetterSqlite3(forum.databaseUrl.replace('file:', ''));
    other.exec(`UPDATE author SET role = 'ADMIN'`);
    expect((await forum.askWith(token, WHO)).data.viewer.author.role).toBe('ADMIN');
    expect(await isGood(token)).toBe(true);
    other.exec('UPDATE api_key SET revoked_at = 1');
    other.close();
    expect(await isGood(token)).toBe(false);
  });

  test('is rejected if its author has been deleted, even outside the program', async () => {
    const token = await forum.as('ada').token();
    const other = new BetterSqlite3(forum.databaseUrl.replace('file:', ''));
    other.pragma('foreign_keys = OFF');
    other.exec('DELETE FROM author');
    other.close();
    expect(await isGood(token)).toBe(false);
  });

  test('that was looked up before it existed is found once it exists', async () => {
    const { token, hash } = makeToken('API_KEY');
    expect([await isGood(token), await isGood(token)]).toEqual([false, false]);
    const other = forum.as('ada');
    await other.token();
    await forum.db.write((tx) => tx.apiKey.updateMany({ data: { hash } }));
    expect(await isGood(token)).toBe(true);
  });
});

describe.each(engines)('who holds a credential, on %s,', (engine) => {
  let forum: Forum;
  beforeEach(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterEach(() => forum.close());
  const isGood = async (token: string) => (await forum.askWith(token, WHO)).errors === undefined;

  test('is known once it has expired, its use is recorded, or its role has changed', async () => {
    const root = forum.as('root');
    const token = await root.keyWith(['READ'], new Date(Date.parse('2026-11-24T00:00:00Z') + HOUR_MS));
    const lastUsed = async () => {
      const { data } = await root.ask('{ viewer { apiKeys { nodes { name lastUsedAt } } } }');
      return data.viewer.apiKeys.nodes.find(({ name }: { name: string }) => name === 'For READ').lastUsedAt;
    };
    await forum.askWith(token, WHO);
    await expect.poll(lastUsed).toBe('2026-11-24T00:00:00.000Z');
    forum.wait(TOUCH_EVERY_MS + 1);
    expect([await isGood(token), await isGood(token)]).toEqual([true, true]);
    await expect.poll(lastUsed).toBe('2026-11-24T00:05:00.001Z');
    forum.wait(HOUR_MS);
    expect(await isGood(token)).toBe(false);

    const ben = forum.as('ben');
    expect((await ben.ask(WHO)).data.viewer.author.role).toBe('MEMBER');
    const { errors } = await root.do(
      'setAuthorRole',
      { authorId: await ben.id(), role: 'MODERATOR' },
      'author { id }',
    );
    expect(errors).toBeUndefined();
    expect(
      (await ben.ask('{ viewer { author { role viewerCan { setRole { code } } } } }')).data.viewer.author
        .role,
    ).toBe('MODERATOR');
  });
});
