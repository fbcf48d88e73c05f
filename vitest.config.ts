import { defineConfig } from 'vitest/config';

export default defineConfig({
  // vitest would load graphql's second, identical copy for our code, and its classes would not be Apollo's
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    // reads a real document, which is not ours to keep here: its path stands in this variable
    exclude: process.env['PARLEY_THREAD_DOCUMENT'] ? [] : ['test/import/real-document.test.ts'],
    globalSetup: ['test/support/bundle.ts', 'test/support/postgres-template.ts'],
    // forks, not threads: better-sqlite3 and sqlite3 are native, and tests kill and start processes
    pool: 'forks',
    maxWorkers: 2,
    // generous, because machines are shared and nothing here is asserted by time
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
