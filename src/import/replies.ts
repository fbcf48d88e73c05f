import type { Source } from './source.ts';
import type { ThreadComment } from './thread-document.ts';

/** Refuses replies to what is not there, replies in a circle, and a second accepted answer. */
export function checkReplies(source: Source, comments: readonly ThreadComment[]): void {
  for (const comment of comments) {
    if (comment.replyTo !== null && !comments[comment.replyTo - 1]) {
      throw source.error(comment.line - 1, `it replies to comment ${comment.replyTo}, which is not there.`);
    }
  }
  // a comment that was reached from an earlier start is known to end at the top level
  const reached = new Map<number, number>();
  for (const start of comments) {
    let at: ThreadComment | undefined = start;
    while (at && !reached.has(at.number)) {
      reached.set(at.number, start.number);
      at = at.replyTo === null ? undefined : comments[at.replyTo - 1];
    }
    if (at && reached.get(at.number) === start.number) {
      throw source.error(
        at.line - 1,
        `comment ${at.number} replies to itself, directly or by way of others.`,
      );
    }
  }
  const [, second] = comments.filter((comment) => comment.isAnswer);
  if (second) throw source.error(second.line - 1, 'this is the second accepted answer; there can be one.');
}
