import { expect, test } from 'vitest';
import { filesBelow } from './source-files.ts';

/** What a model is called in Prisma's client → its table. */
const tables = new Map(
  filesBelow('prisma/models', '.prisma').flatMap(({ text }) =>
    [...text.matchAll(/^model (\w)(\w+) \{[^}]*?@@map\("(\w+)"\)/gms)].map(
      ([, first = '', rest = '', table = '']): [string, string] => [first.toLowerCase() + rest, table],
    ),
  ),
);

/** `forum/comment` → comment, `identity` → identity. */
const moduleOf = (name: string) => name.split('/').slice(0, -1).pop() ?? '';

/** All ways to write: through `store/rows.ts`, by a statement of one's own, and, in commands, through Prisma. */
const THROUGH_ROWS = /\b(?:insertRow|insertNew|updateRows|deleteRows)\(\s*tx,\s*(?:'(\w+)'|(table)\b)/g;
const BY_STATEMENT = /\b(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)/g;
const THROUGH_PRISMA = /\btx\.(\w+)\.(?:create|update|upsert|delete)(?:Many)?\(/g;

/** Modules that write several tables alike say which by a variable. */
const WRITTEN_ALIKE: Readonly<Record<string, readonly string[]>> = {
  catalog: ['category', 'product', 'tag'],
};

function tablesWrittenIn(module: string, text: string): string[] {
  return [
    ...[...text.matchAll(THROUGH_ROWS)].flatMap(([, name, any]) =>
      any ? (WRITTEN_ALIKE[module] ?? [`any, in ${module}`]) : [name ?? ''],
    ),
    ...[...text.matchAll(BY_STATEMENT)].map(([, name]) => name ?? ''),
    ...[...text.matchAll(THROUGH_PRISMA)].map(([, model]) => tables.get(model ?? '') ?? `no model ${model}`),
  ];
}

test('every table is written by one module alone', () => {
  const writers = new Map([...tables.values()].map((table) => [table, new Set<string>()]));
  for (const { name, text } of filesBelow('src')) {
    // receives whole databases, and keeps the table of migrations: it knows no table of ours by name
    if (name.startsWith('src/store/')) continue;
    for (const table of tablesWrittenIn(moduleOf(name), text)) {
      const modules = writers.get(table) ?? new Set();
      writers.set(table, modules.add(moduleOf(name)));
    }
  }
  const known = new Set(tables.values());
  const odd = [...writers].filter(([table, modules]) => modules.size !== 1 || !known.has(table));
  expect(odd.map(([table, modules]) => `${table}: ${[...modules].join(', ') || 'nobody'}`)).toEqual([]);
});
