import { isPromise } from '../graphql/execution/index.ts';

/**
 * Calls each in its turn, the next one when the one before is done. Undefined: all are done, there was nothing to wait
 * for. Throws what is thrown before the first wait.
 */
export function inTurn<T>(
  ones: readonly T[],
  call: (one: T) => unknown,
  from = 0,
): Promise<void> | undefined {
  for (let i = from; i < ones.length; i++) {
    const going = call(ones[i] as T);
    if (isPromise(going)) return Promise.resolve(going).then(() => inTurn(ones, call, i + 1));
  }
  return undefined;
}
