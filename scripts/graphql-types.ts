// Types for the resolvers, from schema.graphql, into src/generated/graphql.ts.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { Kind, parse } from 'graphql';
import { completeConnections } from './connections.ts';
import { readModuleTypes } from './module-types.ts';

const sdl = await readFile('schema.graphql', 'utf8');
if (completeConnections(sdl) !== sdl)
  throw new Error('schema.graphql lacks parts of a connection: `npm run schema` adds them.');
const schema = parse(sdl);
const defined = new Set(
  schema.definitions.flatMap((one) => (one.kind === Kind.OBJECT_TYPE_DEFINITION ? [one.name.value] : [])),
);

/** What the resolvers of each type get: the modules' rows, not the finished answers. */
const mappers: Record<string, string> = { Permission: 'Verdict' };
const imports = [
  "import type { Verdict } from '../access/verdict.ts';",
  "import type { Connection } from '../graphql/connections/connection.ts';",
];
for (const { file, types, members } of await readModuleTypes()) {
  imports.push(`import type { ${types} } from '../${file.replace('src/', '')}';`);
  for (const type of members) {
    if (!defined.has(type)) throw new Error(`${file}: ${types}.${type} is no type of schema.graphql.`);
    const row = `${types}['${type}']`;
    mappers[type] = row;
    if (defined.has(`${type}Permissions`)) mappers[`${type}Permissions`] = row;
    if (defined.has(`${type}Connection`)) mappers[`${type}Connection`] = `Connection<${row}>`;
  }
}

const filename = 'src/generated/graphql.ts';
const output = await codegen({
  filename,
  schema,
  documents: [],
  plugins: [{ typescript: {} }, { resolvers: {} }],
  pluginMap: { typescript, resolvers },
  config: {
    contextType: '../access/context.ts#Context',
    mappers,
    enumsAsTypes: true,
    useTypeImports: true,
    immutableTypes: true,
    skipTypename: true,
    strictScalars: true,
    scalars: {
      DateTime: { input: 'Date', output: 'Date | number' },
      URI: 'string',
      HTML: 'string',
      ID: { input: 'string', output: 'string' },
    },
  },
});
await mkdir('src/generated', { recursive: true });
await writeFile(filename, `${imports.join('\n')}\n${output}`);
