import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { rowCounts } from './account-rows.ts';

describe.each(engines)('a new forum on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
  });
  afterAll(() => forum.close());

  test('has people in its sample threads, and no account, session or key with which to sign in', async () => {
    const { author, ...credentials } = await rowCounts(forum.db);
    expect(author).toBeGreaterThan(10);
    expect(credentials).toEqual({
      account: 0,
      session: 0,
      api_key: 0,
      mail_token: 0,
      queued_email: 0,
      idempotency_key: 0,
    });
  });
});
