import { expect, test } from 'vitest';
import { modules } from '../../src/api/modules.ts';
import { filesBelow } from './source-files.ts';

/** What a model is called in Prisma's client → its table. */
const tables = new Map(
  filesBelow('prisma/models', '.prisma').flatMap(({ text }) =>
    [...text.matchAll(/^model (\w)(\w+) \{[^}]*?@@map\("(\w+)"\)/gms)].map(
      ([, first = '', rest = '', table = '']): [string, string] => [first.toLowerCase() + rest, table],
    ),
  ),
);

/** `src/forum/comment/…` → comment, `src/identity/…` → identity. */
const folderOf = (name: string) => name.split('/').slice(0, -1).pop() ?? '';

/** All ways to write: through `store/rows.ts`, by a statement of one's own, and, in commands, through Prisma. */
const THROUGH_ROWS = /\b(?:insertRow|insertNew|updateRows|deleteRows|clearExpired)\(\s*tx,\s*'(\w+)'/g;
// the table of ON CONFLICT DO UPDATE stands behind its INSERT INTO
const BY_STATEMENT = /\b(?:INSERT INTO|(?<!\bDO )UPDATE|DELETE FROM) (\w+)/g;
const THROUGH_PRISMA = /\btx\.(\w+)\.(?:create|update|upsert|delete)(?:Many)?\(/g;

function tablesWrittenIn(text: string): string[] {
  return [
    ...[...text.matchAll(THROUGH_ROWS)].map(([, name]) => name ?? ''),
    ...[...text.matchAll(BY_STATEMENT)].map(([, name]) => name ?? ''),
    ...[...text.matchAll(THROUGH_PRISMA)].map(([, model]) => tables.get(model ?? '') ?? `no model ${model}`),
  ];
}

/** Tables that are no module's. */
const OWNERS = new Map<string, string[]>([
  ['idempotency_key', ['access']],
  ['queued_email', ['mail']],
  ['imported_row', ['transfer']],
]);
for (const module of modules)
  for (const table of module.tables) OWNERS.set(table, [...(OWNERS.get(table) ?? []), module.name]);

test('every table belongs to one module: it stands in `tables` of one index.ts', () => {
  const odd = [...tables.values()].filter((table) => OWNERS.get(table)?.length !== 1);
  expect(odd.map((table) => `${table}: ${OWNERS.get(table)?.join(', ') ?? 'add it to a module'}`)).toEqual(
    [],
  );
});

test('every table is written by its module alone', () => {
  const faults = filesBelow('src')
    // receives whole databases, and keeps the table of migrations: it knows no table of ours by name
    .filter(({ name }) => !name.startsWith('src/store/'))
    .flatMap(({ name, text }) =>
      tablesWrittenIn(text)
        .filter((table) => !OWNERS.get(table)?.includes(folderOf(name)))
        .map((table) => `${name} writes ${table}, a table of ${OWNERS.get(table)?.join() ?? 'no module'}`),
    );
  expect(faults).toEqual([]);
});
