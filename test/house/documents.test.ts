import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { buildSchema } from '../../src/api/schema.ts';
import { packageRoot } from '../../src/package-root.ts';
import { filesBelow } from './source-files.ts';

const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
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

test('each line of docs/security.md names the test that holds it, or says that nothing does', () => {
  const text = readFileSync(path.join(packageRoot, 'docs/security.md'), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| (?!---)/.test(line));
  const lines = rows.filter((row) => !/\| test \|$/.test(row)).map((row) => row.split(' | '));
  expect(lines.length).toBeGreaterThan(80);
  const isAnswered = ([, answer = '', tests = '']: string[]) =>
    /`test\/[^`]+\.test\.ts`/.test(tests) || /\bNot held\b|Does not apply|provider’s task/.test(answer);
  expect(lines.filter((line) => line.length !== 3 || !isAnswered(line))).toEqual([]);
});

describe('the operations in README.md', () => {
  const examples = [...readFileSync('README.md', 'utf8').matchAll(/"query":\s*"((?:[^"\\]|\\.)*)"/g)].map(
    ([, text]): string => JSON.parse(`"${text}"`),
  );

  test('are found', () => expect(examples.length).toBeGreaterThan(1));

  test.each(examples)('are valid: %s', (example) => {
    expect(validate(buildSchema(), parse(example))).toEqual([]);
  });
});
