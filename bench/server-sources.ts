// What the benchmark's own process takes from the project. The floor and the peers take from forum-sources.ts alone, or
// they would start with half the server inside.
export type { Context } from '../src/access/context.ts';
export { NO_LIMITS } from '../src/access/limiter.ts';
export { DEFAULT_POLICY } from '../src/access/policy.ts';
export { makeContext } from '../src/api/make-context.ts';
export { buildSchema } from '../src/api/schema.ts';
export { authenticate, issueKeyForNewAuthor } from '../src/identity/index.ts';
export { move } from '../src/operations/index.ts';
export { packageRoot } from '../src/package-root.ts';
export { newId } from '../src/store/ids.ts';
export { migrate, openDatabase } from '../src/store/index.ts';

/** The files that decide what the generator's texts and scores look like. */
export const GENERATOR_SOURCES = [
  ...['src/text/markdown.ts', 'src/text/slug.ts', 'src/forum/ranking.ts'],
  ...['src/forum/comment/count-thread.ts', 'src/forum/discussion/count-discussion.ts'],
];
