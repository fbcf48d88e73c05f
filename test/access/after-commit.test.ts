import { expect, test } from 'vitest';
import { NO_LIMITS } from '../../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import { write } from '../../src/access/write.ts';
import { makeContext } from '../../src/api/make-context.ts';
import { insertRow } from '../../src/store/index.ts';
import { openTestDatabase } from '../support/database.ts';
import { CAPTURED_AT, SITE_URL } from '../support/forum.ts';

test('what follows from a write follows once, though its first try was undone with another one’s failure', async () => {
  const { db, close } = await openTestDatabase('sqlite');
  const ctx = makeContext({
    ...{ db, siteUrl: SITE_URL, policy: DEFAULT_POLICY, viewer: null, address: '', limiter: NO_LIMITS },
    clock: () => CAPTURED_AT,
  });
  const [tries, sent]: string[][] = [[], []];
  const keyed = (name: string) =>
    write(ctx, 'signIn', { idempotencyKey: 'the same for both' }, async (_tx, afterwards) => {
      tries?.push(name);
      afterwards(() => sent?.push(name));
      return { name };
    });
  const failing = () =>
    write(ctx, 'createTag', {}, async (tx) => {
      await insertRow(tx, 'tag', { id: '0'.repeat(26), slug: 'a-tag', name: 'A tag' });
      throw new Error('refused');
    });
  try {
    const outcomes = await Promise.allSettled([keyed('first'), failing(), keyed('repeat')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(tries).toEqual(['first', 'repeat']);
    expect(sent).toHaveLength(1);
    expect(outcomes[0]).toEqual(outcomes[2]);
    expect(outcomes[0]).toMatchObject({ value: { name: sent?.[0] } });
  } finally {
    await close();
  }
});
