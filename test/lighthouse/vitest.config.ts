import { defineConfig } from 'vitest/config';

/** Opens the pages of the server's bundle in Chromium, one after another: performance is timed. */
export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    globalSetup: ['../support/bundle.ts', '../support/web.ts'],
    include: ['*.test.ts'],
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
