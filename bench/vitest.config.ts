import { defineConfig } from 'vitest/config';
import root from '../vitest.config.ts';

/** As the project's own tests run, but for what these do not need: a bundle and a template on PostgreSQL. */
export default defineConfig({
  ...root,
  test: { ...root.test, include: ['test/**/*.test.ts'], exclude: ['node_modules'], globalSetup: [] },
});
