import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { filesBelow } from './source-files.ts';

const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'src/graphql/execution/README.md',
  'bench/README.md',
  ...filesBelow('docs', '.md').map(({ name }) => name),
];
/** Files that a reader is told to make, and names with a part to fill in. */
const isExample = (name: string) => /[<*{…]|bookmark/.test(name);

test.each(DOCUMENTS)('%s names files that exist', (document) => {
  const text = readFileSync(path.join(packageRoot, document), 'utf8');
  // a decision that was overtaken keeps the names of its time
  if (/^# .*overtaken/i.test(text)) return;
  const paths = [...text.matchAll(/`((?:src|test|scripts|bench|docs|prisma|seed)\/[^`\s:]+)`/g)].map(
    ([, name = '']) => name,
  );
  const inSource = [
    ...text.matchAll(
      /`((?:api|server|store|cache|access|graphql|forum|identity|import|operations|text|mail|cli)\/[^`\s:]+)`/g,
    ),
  ].map(([, name = '']) => `src/${name}`);
  const missing = [...paths, ...inSource].filter(
    (name) => !isExample(name) && !existsSync(path.join(packageRoot, name)),
  );
  expect(missing).toEqual([]);
});
