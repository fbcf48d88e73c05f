// Each table's own id and what its rows refer to, from the data model, into src/generated/references.ts.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../src/kit/package-root.ts';

const folder = path.join(packageRoot, 'prisma/models');
const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort();
const text = (await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))).join('\n');
const tables: Record<string, string[]> = {};
for (const [, body = ''] of text.matchAll(/^model \w+ \{$([\s\S]*?)^\}$/gm)) {
  const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '';
  const keys = [...body.matchAll(/@map\("(\w+_id)"\)/g)].map(([, column = '']) => column);
  tables[table] = [...(/^\s*id\s+String/m.test(body) ? ['id'] : []), ...keys];
}
const lines = Object.entries(tables).map(
  ([table, columns]) => `  ${table}: [${columns.map((column) => `'${column}'`).join(', ')}],`,
);
await writeFile(
  path.join(packageRoot, 'src/generated/references.ts'),
  `/** Each table's own id and the columns that refer to other rows. */\nexport const REFERENCES: Readonly<Record<string, readonly string[]>> = {\n${lines.join('\n')}\n};\n`,
);
