import { defineConfig } from 'vitest/config';
import root from '../vitest.config.ts';

const { projects: _projects, globalSetup: _globalSetup, ...asInRoot } = root.test ?? {};

/** As the project's own tests run, in one project, and without a bundle and a template on PostgreSQL. */
export default defineConfig({
  ...root,
  test: { ...asInRoot, include: ['test/**/*.test.ts'], exclude: ['node_modules'] },
});
