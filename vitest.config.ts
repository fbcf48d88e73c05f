import { defineConfig } from 'vitest/config';

/** The long proofs: `npm run test:proof`. Everything else is `npm test`, which stays under three minutes. */
const PROOFS = [
  'test/proof/**/*.test.ts',
  'test/browser/**/*.test.ts',
  'test/execution/agrees.test.ts',
  'test/api/{executor-agrees,search/engines-agree,payloads/payloads}.test.ts',
  'test/api/{comment/races,merge/merge-races,identity/lockout}.test.ts',
  'test/transfer/{running-forum,lock-discussions,split-questions,matched-comments}.test.ts',
  'test/import/{import-command,same-thread}.test.ts',
  'test/text/markdown-bounds.test.ts',
  'test/cache/{history,instances,invalidation-channel}.test.ts',
  'test/operations/**/*.test.ts',
  'test/server/{long-texts,npm-start,workers,rolling-start,instances,redis-limits,process,stop,served-alone,mail}.test.ts',
  'test/store/{postgres-*,processes,pgbouncer,replicas,lost-commit,migrate}.test.ts',
];
// reads a real document, which is not ours to keep here: its path stands in this variable
const REAL_DOCUMENT = process.env['PARLEY_THREAD_DOCUMENT'] ? [] : ['test/import/real-document.test.ts'];
// measure large forums, for minutes: each runs if the variable for its size is set
const MEASURED = [
  ...(process.env['SITEMAP_DISCUSSIONS'] ? [] : ['test/proof/sitemap-memory.test.ts']),
  ...(process.env['MERGE_COMMENTS'] ? [] : ['test/proof/merge-time.test.ts']),
];

export default defineConfig({
  // vitest would load graphql's second, identical copy for our code, and its classes would not be Apollo's
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    globalSetup: ['test/support/bundle.ts', 'test/support/postgres-template.ts'],
    // forks, not threads: better-sqlite3 and sqlite3 are native, and tests kill and start processes
    pool: 'forks',
    maxWorkers: 2,
    // generous, because machines are shared and nothing here is asserted by time
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'test',
          include: ['test/**/*.test.ts'],
          // the clients' suite and Lighthouse's are packages of their own
          exclude: [...PROOFS, ...REAL_DOCUMENT, 'test/{clients,lighthouse,web}/**'],
          // loading the program takes longer than most files' tests: a worker loads it once for all of its files
          isolate: false,
        },
      },
      // kills processes, sends signals and measures what is left open: each file has a worker of its own
      { extends: true, test: { name: 'proof', include: PROOFS, exclude: MEASURED, isolate: true } },
      // the front end in a browser: `npm run test:web`
      {
        extends: true,
        test: {
          name: 'web',
          include: ['test/web/**/*.test.ts'],
          isolate: false,
          globalSetup: ['test/support/web.ts'],
        },
      },
    ],
  },
});
