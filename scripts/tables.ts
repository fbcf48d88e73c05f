// Each table's columns, which of them say what a row is and refers to, and by which rows can be found, from the data
// model, into src/generated/tables.ts.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';

const folder = path.join(packageRoot, 'prisma/models');
const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort();
const text = (await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))).join('\n');
const models = [...text.matchAll(/^model (\w+) \{$([\s\S]*?)^\}$/gm)].map(([, model = '', body = '']) => ({
  ...{ model, body },
  table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '',
}));
const isModel = new Set(models.map(({ model }) => model));

function columnsOf(body: string): string[] {
  return [...body.matchAll(/^ {2}(\w+)\s+(\w+)(.*)$/gm)].flatMap(([, field = '', type = '', rest = '']) =>
    isModel.has(type) ? [] : (/@map\("(\w+)"\)/.exec(rest)?.[1] ?? field),
  );
}

/** The columns that are in a key or an index, besides a row's own id. */
function foundBy(body: string): string[] {
  const inKeys = [...body.matchAll(/^ {2}@@(?:id|unique|index)\(\[([^\]]*)\]/gm)].flatMap(([, fields = '']) =>
    fields.split(/,\s*/),
  );
  return [...body.matchAll(/^ {2}(\w+)\s+\w+(.*)$/gm)].flatMap(([, field = '', rest = '']) => {
    const column = /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field;
    return column !== 'id' && (inKeys.includes(field) || /@(?:id|unique)\b/.test(rest)) ? [column] : [];
  });
}

const list = (columns: readonly string[]) => `[${columns.map((column) => `'${column}'`).join(', ')}]`;
const entries = models.map(({ table, body }) => {
  const columns = columnsOf(body);
  const keys = foundBy(body);
  return {
    table,
    columns,
    foundBy: keys,
    references: columns.filter(
      (column) => column === 'id' || (keys.includes(column) && (column.endsWith('_id') || column === 'slug')),
    ),
  };
});
const listed = (of: 'columns' | 'references' | 'foundBy') =>
  entries.map((entry) => `  ${entry.table}: ${list(entry[of])},\n`).join('');
await writeFile(
  path.join(packageRoot, 'src/generated/tables.ts'),
  `import type { Prisma } from './sqlite/client.ts';

/** What a new row of each table takes, by Prisma's models; relations are left out, foreign keys are columns. */
export interface Rows {
${models.map(({ model, table }) => `  ${table}: Prisma.${model}UncheckedCreateInput;\n`).join('')}}

/** Each table's columns. */
export const COLUMNS: Readonly<Record<string, readonly string[]>> = {
${listed('columns')}};

/** Each table's own id, and the columns in a key or an index that refer to other rows, or that addresses name it by. */
export const REFERENCES: Readonly<Record<string, readonly string[]>> = {
${listed('references')}};

/** The columns that are in a key or an index, besides a row's own id: by no others are rows looked up. */
export const FOUND_BY: Readonly<Record<string, readonly string[]>> = {
${listed('foundBy')}};
`,
);
