import { defineConfig } from 'vitest/config';

/** Runs the packages of front ends, unmodified, against the server's bundle. */
export default defineConfig({
  // as the packages load it: vitest would load graphql's second, identical copy for the tests
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    globalSetup: ['../support/bundle.ts', './compile-relay.ts'],
    include: ['*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
