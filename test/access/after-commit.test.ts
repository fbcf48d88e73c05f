import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../src/access/context.ts';
import { NO_LIMITS } from '../../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import { write } from '../../src/access/write.ts';
import { makeContext } from '../../src/api/make-context.ts';
import { insertRow, updateRows } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { CAPTURED_AT, SITE_URL } from '../support/forum.ts';

const tag = (n: number) => ({ id: String(n).repeat(26), slug: `tag-${n}`, name: `Tag ${n}` });

describe.each(engines)('what follows a commit on %s', (engine) => {
  let opened: TestDatabase;
  let ctx: Context;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
    ctx = makeContext({
      ...{
        db: opened.db,
        siteUrl: SITE_URL,
        policy: DEFAULT_POLICY,
        viewer: null,
        address: '',
        limiter: NO_LIMITS,
      },
      clock: () => CAPTURED_AT,
    });
  });
  afterEach(() => opened.close());

  test('is done once for a write and its repeats, and never for a write that failed', async () => {
    const [tries, sent]: [string[], string[]] = [[], []];
    const keyed = (name: string) =>
      write(ctx, 'signIn', { idempotencyKey: 'the same for both' }, async (_tx, afterCommit) => {
        tries.push(name);
        afterCommit(() => sent.push(name));
        return { name };
      });
    const failing = () =>
      write(ctx, 'createTag', {}, async (tx, afterCommit) => {
        await insertRow(tx, 'tag', tag(0));
        afterCommit(() => sent.push('failed'));
        throw new Error('refused');
      });
    const outcomes = await Promise.allSettled([keyed('first'), failing(), keyed('repeat')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(sent).toHaveLength(1);
    expect(tries).toEqual(sent);
    expect(outcomes[0]).toEqual(outcomes[2]);
    expect(outcomes[0]).toMatchObject({ value: { name: sent[0] } });
  });

  test.runIf(engine === 'postgres')('is done once for a write that ran again after a deadlock', async () => {
    await opened.db.transaction(async (tx) => {
      for (const n of [1, 2]) await insertRow(tx, 'tag', tag(n));
    });
    const [tries, sent]: [string[], string[]] = [[], []];
    let bothHoldOne: () => void = () => {};
    const both = new Promise<void>((resolve) => {
      bothHoldOne = resolve;
    });
    let holding = 0;
    const renamed = (name: string, [first, second]: [number, number]) =>
      write(ctx, 'updateTag', {}, async (tx, afterCommit) => {
        tries.push(name);
        afterCommit(() => sent.push(name));
        await updateRows(tx, 'tag', { id: tag(first).id }, { name });
        if (++holding === 2) bothHoldOne();
        await both;
        await updateRows(tx, 'tag', { id: tag(second).id }, { name });
        return { name };
      });
    await Promise.all([renamed('one', [1, 2]), renamed('other', [2, 1])]);
    expect(tries).toHaveLength(3);
    expect(sent.sort()).toEqual(['one', 'other']);
  });
});
