import { expect, test } from 'vitest';
import { inTurn } from '../../src/api/in-turn.ts';
import { forApollo } from '../../src/api/operation-plugin.ts';

test('what has nothing to wait for is all called at once', () => {
  const called: number[] = [];
  expect(inTurn([1, 2, 3], (one) => void called.push(one))).toBeUndefined();
  expect(called).toEqual([1, 2, 3]);
});

test('what comes later is waited for before the next is called', async () => {
  const called: string[] = [];
  const all = inTurn(['at once', 'later', 'at once again', 'later again'], (one) => {
    called.push(`${one} begins`);
    if (!one.startsWith('later')) return undefined;
    return Promise.resolve().then(() => called.push(`${one} ends`));
  });
  expect(called).toEqual(['at once begins', 'later begins']);
  await all;
  expect(called.slice(2)).toEqual([
    'later ends',
    'at once again begins',
    'later again begins',
    'later again ends',
  ]);
});

test('nothing is called after what fails, at once or later', async () => {
  const called: string[] = [];
  const failing = (when: string) => (one: string) => {
    called.push(one);
    if (one === when) throw new Error(one);
    return one === 'wait' ? Promise.resolve() : undefined;
  };
  expect(() => inTurn(['first', 'wait', 'last'], failing('first'))).toThrow('first');
  await expect(inTurn(['wait', 'second', 'last'], failing('second'))).rejects.toThrow('second');
  expect(called).toEqual(['first', 'wait', 'second']);
});

test('what a hook throws at once keeps Apollo from no other hook', async () => {
  const plugin = forApollo({
    requestDidStart: () => ({
      didResolveOperation: () => {
        throw new Error('refused');
      },
    }),
  });
  const listener = await plugin.requestDidStart?.({} as never);
  const asked = listener?.didResolveOperation?.({} as never);
  await expect(asked).rejects.toThrow('refused');
  expect(listener?.willSendResponse).toBeUndefined();
});
