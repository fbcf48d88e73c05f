import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // forks, not threads: better-sqlite3 and sqlite3 are native, and tests kill and start processes
    pool: 'forks',
    maxWorkers: 2,
    // generous, because machines are shared and nothing here is asserted by time
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
