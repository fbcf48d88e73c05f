export { type AnswerLimits, AnswerTooLarge, type LimitedResult } from './answer-size.ts';
export {
  createExecutor,
  type Executor,
  type ExecutorOptions,
} from './executor.ts';
export { type Batch, Loader, Loaders, type LoadersOptions } from './loader.ts';
export type { Execution } from './reference.ts';
export type { ResolveInfo } from './resolve.ts';
export { allOf, chain, isPromise, type MaybePromise, SyncPromise } from './sync-promise.ts';
