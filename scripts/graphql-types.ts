// Types for the resolvers, from schema.graphql, into src/generated/graphql.ts.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { type DocumentNode, Kind, parse, visit } from 'graphql';
import { mergeSdl } from './merge-sdl.ts';
import { completeModules, readModuleSdl } from './module-sdl.ts';
import { readModuleTypes } from './module-types.ts';

const sdl = await readFile('schema.graphql', 'utf8');
if (mergeSdl(completeModules(await readModuleSdl())) !== sdl)
  throw new Error('schema.graphql is not what the .graphql files below src/ say: run `npm run schema`.');
const schema = withoutNullForDefaults(parse(sdl));
const defined = new Set(
  schema.definitions.flatMap((one) => (one.kind === Kind.OBJECT_TYPE_DEFINITION ? [one.name.value] : [])),
);

/** What the resolvers of each type get: the modules' rows, not the finished answers. */
// modules add fields to ServerInfo, and none of them needs more than the context
const mappers: Record<string, string> = { Permission: 'Verdict', ServerInfo: 'object' };
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
    customResolveInfo: '../graphql/execution/index.ts#ResolveInfo',
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
      JSON: 'unknown',
      ID: { input: 'string', output: 'string' },
    },
  },
});
await mkdir('src/generated', { recursive: true });
await writeFile(filename, `${imports.join('\n')}\n${output}`);

/** Null means the default (src/api/argument-defaults.ts), so that resolvers never get null where there is one. */
function withoutNullForDefaults(document: DocumentNode): DocumentNode {
  return visit(document, {
    InputValueDefinition: ({ type, defaultValue, ...definition }) => {
      if (!defaultValue || type.kind === Kind.NON_NULL_TYPE) return undefined;
      return { ...definition, defaultValue, type: { kind: Kind.NON_NULL_TYPE, type } };
    },
  });
}
