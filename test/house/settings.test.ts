import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';

const read = (name: string) => readFileSync(path.join(packageRoot, name), 'utf8');
const SOURCES = [
  'settings.ts',
  'api-settings.ts',
  'external-identity-settings.ts',
  'front-end-settings.ts',
  'limit-settings.ts',
  'mail-settings.ts',
  'operation-settings.ts',
  'page-settings.ts',
];

test('docs/settings.md has every setting of the program, and no other (mend whichever is wrong)', () => {
  const source = SOURCES.map((name) => read(`src/server/settings/${name}`)).join('\n');
  const settings = [...source.matchAll(/^ +([A-Z][A-Z_]{2,}):/gm)].map(([, name = '']) => name);
  const rows = read('docs/settings.md').match(/^\| `.*$/gm) ?? [];
  const described = rows
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)])
    .map(([, name = '']) => name);
  expect([...new Set(described)].sort()).toEqual([...new Set(settings)].sort());
  const shown = (read('README.md').match(/^\| `[A-Z].*$/gm) ?? []).flatMap((row) => [
    ...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g),
  ]);
  expect(shown.map(([, name = '']) => name).filter((name) => !settings.includes(name))).toEqual([]);
});
