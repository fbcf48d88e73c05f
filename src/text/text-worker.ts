// What the worker threads of worker-pool.ts run: the entry point of a thread, which loads nothing else of the program.
import { textDiff } from './diff.ts';
import { handlesIn, renderMarkdown } from './markdown.ts';

const tasks = {
  render: ([source, mentioned, imageHosts]: Parameters<typeof renderMarkdown>) =>
    renderMarkdown(source, mentioned, imageHosts),
  findHandles: ([source]: Parameters<typeof handlesIn>) => handlesIn(source),
  diff: ([before, after]: Parameters<typeof textDiff>) => textDiff(before, after),
};

export type TextTasks = typeof tasks;

/** A task's result, and the time that it took without the start of the thread. */
export interface Timed<R> {
  readonly result: R;
  readonly ms: number;
}

function timed<A, R>(task: (argument: A) => R): (argument: A) => Timed<R> {
  return (argument) => {
    const startedAt = performance.now();
    const result = task(argument);
    return { result, ms: performance.now() - startedAt };
  };
}

export const render = timed(tasks.render);
export const findHandles = timed(tasks.findHandles);
export const diff = timed(tasks.diff);
