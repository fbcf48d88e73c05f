import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Undone } from '../../src/store/sqlite/group-commit.ts';
import { openQueue } from './recording-ledger.ts';

let notes: ReturnType<typeof openQueue>;
beforeEach(() => {
  notes = openQueue();
});
afterEach(() => notes.close());

const DUPLICATE = 'INSERT INTO note (id) VALUES (1)';
const range = (length: number) => Array.from({ length }, (_, i) => i + 1);
const repeatable = (id: number, extra: string | null = null) => notes.write(id, extra, 'WITH_OTHERS');
const savepoints = () => notes.log.filter((sql) => sql === 'SAVEPOINT member').length;
const outcomes = async (writes: Promise<void>[]) =>
  (await Promise.allSettled(writes)).map((result) => {
    if (result.status === 'fulfilled') return 'kept';
    return result.reason instanceof Undone ? 'undone' : 'refused';
  });

describe('members of a group who can do their part again', () => {
  test('have no savepoints: a page is not copied before it is changed', async () => {
    await repeatable(1);
    expect(notes.log).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    await Promise.all(range(10).map((id) => repeatable(id + 1)));
    expect(savepoints()).toBe(0);
    expect(notes.kept()).toEqual(range(11));
  });

  test('are undone with one that fails after it has changed something, and so is that one: it may have failed because of them', async () => {
    const writes = [repeatable(1), repeatable(2), repeatable(3, DUPLICATE), repeatable(4)];
    expect(await outcomes(writes)).toEqual(['undone', 'undone', 'undone', 'kept']);
    expect(notes.kept()).toEqual([4]);
  });

  test('are told of no failure before what they have seen of others is kept', async () => {
    const seen: number[] = [];
    const refused = async (fault: string | null) => {
      const member = await notes.queue.enter('WITH_OTHERS');
      seen.push(...(member.run(() => ids(), false) as number[]));
      if (fault) member.run(() => notes.connection.exec(fault));
      await member.rollback();
      expect(notes.kept()).toEqual(expect.arrayContaining(seen));
      throw new Error('refused');
    };
    const ids = () => notes.connection.prepare('SELECT id FROM note').pluck().all();
    expect(await outcomes([repeatable(1), refused(null)])).toEqual(['kept', 'refused']);
    expect(seen).toEqual([1]);
    const fault = 'INSERT INTO note (id) VALUES (9)';
    expect(await outcomes([repeatable(2), refused(null), refused(fault)])).toEqual([
      ...['undone', 'undone', 'undone'],
    ]);
    expect(notes.kept()).toEqual([1]);
  });

  test('stay where one fails that has only read', async () => {
    const reader = async () => {
      const member = await notes.queue.enter('WITH_OTHERS');
      member.run(() => notes.connection.prepare('SELECT id FROM note').all(), false);
      await member.rollback();
      throw new Error('refused');
    };
    expect(await outcomes([repeatable(1), reader(), repeatable(2)])).toEqual(['kept', 'refused', 'kept']);
    expect(notes.log.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
    expect(notes.kept()).toEqual([1, 2]);
  });

  test('never undo one who cannot do it again', async () => {
    const writes = [repeatable(1), notes.write(2, null, 'ALONE'), repeatable(3, DUPLICATE), repeatable(4)];
    expect(await outcomes(writes)).toEqual(['kept', 'kept', 'refused', 'kept']);
    expect(notes.kept()).toEqual([1, 2, 4]);
  });

  test('are undone at most once in a thousand, however often somebody fails', async () => {
    expect(await outcomes([repeatable(1), repeatable(2, DUPLICATE)])).toEqual(['undone', 'undone']);
    const one = await Promise.all(
      range(500).map(async (i) => outcomes([repeatable(10 * i), repeatable(10 * i + 1, DUPLICATE)])),
    );
    expect(one.flat().filter((outcome) => outcome === 'undone')).toEqual([]);
    expect(savepoints()).toBe(1_000);
    await repeatable(5_001);
    expect(savepoints()).toBe(1_000);
  });

  test('leave nothing behind of one that fails alone, and are no more careful for it', async () => {
    await repeatable(1);
    expect(await outcomes([repeatable(2, DUPLICATE)])).toEqual(['refused']);
    await repeatable(3);
    expect(savepoints()).toBe(0);
    expect(notes.kept()).toEqual([1, 3]);
  });
});
