// Types for the operations: each `graphql(`…`)` of the sources gets the type of its result and of its variables.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { type DocumentNode, parse } from 'graphql';
import { generatedFolder, schemaFile, webRoot } from './paths.ts';

/** The call as the generated module types it: a template without substitutions. */
const DOCUMENT = /\bgraphql\(`([^`]*)`\)/g;

interface Source {
  readonly location: string;
  readonly rawSDL: string;
  readonly document: DocumentNode;
}

/** Writes src/generated/graphql/. */
export async function writeGraphqlTypes(): Promise<void> {
  const schema = parse(await readFile(schemaFile, 'utf8'));
  const target = `${path.join(generatedFolder, 'graphql')}/`;
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: target,
    schema,
    documents: await readDocuments(),
    config: {
      documentMode: 'string',
      strictScalars: true,
      enumsAsTypes: true,
      useTypeImports: true,
      skipTypename: true,
      scalars: { DateTime: 'string', URI: 'string', HTML: 'string', JSON: 'unknown' },
    },
    presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
    plugins: [],
    pluginMap: {},
  });
  await mkdir(target, { recursive: true });
  for (const output of outputs) {
    const text = (await codegen(output)).replaceAll(/from ['"]\.\/([\w-]+)['"]/g, "from './$1.ts'");
    // written for looser settings of the compiler than ours; its types are exported all the same
    await writeFile(
      output.filename,
      output.filename.endsWith('fragment-masking.ts') ? `// @ts-nocheck\n${text}` : text,
    );
  }
}

async function readDocuments(): Promise<Source[]> {
  const folder = path.join(webRoot, 'src');
  const names = await readdir(folder, { recursive: true });
  const found: Source[] = [];
  for (const name of names.sort()) {
    if (!/\.tsx?$/.test(name) || name.startsWith('generated')) continue;
    const location = path.join(folder, name);
    for (const [, source = ''] of (await readFile(location, 'utf8')).matchAll(DOCUMENT))
      found.push({ location, rawSDL: source, document: parse(source) });
  }
  return found;
}
