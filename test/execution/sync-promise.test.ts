import { describe, expect, test } from 'vitest';
import { chain, SyncPromise } from '../../src/graphql/execution/index.ts';

describe('a synchronous promise', () => {
  test('calls its listeners the moment it settles, in their order', () => {
    const calls: string[] = [];
    const promise = new SyncPromise<string>();
    promise.then((value) => calls.push(`first ${value}`));
    promise.then((value) => calls.push(`second ${value}`));
    expect(calls).toEqual([]);
    promise.resolve('x');
    promise.resolve('again');
    promise.reject(new Error('too late'));
    promise.then((value) => calls.push(`late ${value}`));
    expect(calls).toEqual(['first x', 'second x', 'late x']);
  });

  test('is awaited like every promise, and passes on what is thrown', async () => {
    expect(await SyncPromise.resolve(1).then((n) => n + 1)).toBe(2);
    const failing = SyncPromise.resolve(1).then(() => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await failing.catch((error) => (error as Error).message)).toBe('no');
    let calls = 0;
    await expect(failing.finally(() => calls++)).rejects.toThrow('no');
    expect(await SyncPromise.resolve('kept').finally(() => calls++)).toBe('kept');
    expect(calls).toBe(2);
  });

  test('settles as another promise settles', async () => {
    const inner = new SyncPromise<number>();
    const outer = SyncPromise.resolve(0).then(() => inner);
    expect(outer.isPending).toBe(true);
    inner.resolve(7);
    expect([outer.isFulfilled, outer.result]).toEqual([true, 7]);
    expect(await SyncPromise.resolve(Promise.resolve(8))).toBe(8);
    await expect(SyncPromise.resolve(Promise.reject(new Error('theirs')))).rejects.toThrow('theirs');
  });
});

describe('chain', () => {
  test('goes on at once if the value is there', () => {
    expect(chain(1, (n) => n + 1)).toBe(2);
    expect(chain(SyncPromise.resolve(1), (n) => n + 1)).toBe(2);
  });

  test('waits for a value that is pending', async () => {
    const pending = new SyncPromise<number>();
    const next = chain(pending, (n) => n + 1);
    pending.resolve(1);
    expect(await next).toBe(2);
    expect(await chain(Promise.resolve(1), (n) => n + 1)).toBe(2);
  });
});
