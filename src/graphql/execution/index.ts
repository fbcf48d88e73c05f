export { AnswerTooLarge, type LimitedResult } from './answer-size.ts';
export { createExecutor, type Executor } from './executor.ts';
export { Loader, Loaders } from './loader.ts';
export type { ResolveInfo } from './resolve.ts';
export { allOf, chain, isPromise, type MaybePromise, SyncPromise } from './sync-promise.ts';
