import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { generate } from '@graphql-codegen/cli';
import { parser, rules } from '@graphql-eslint/eslint-plugin';
import { CriticalityLevel, diff, validate } from '@graphql-inspector/core';
import { Linter } from 'eslint';
import { buildASTSchema, buildSchema, parse, Source, visit } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { ADD_COMMENT, SET_VOTE, THREAD } from './documents.ts';
import { type Data, startServer } from './server.ts';

const documents = [THREAD, SET_VOTE, ADD_COMMENT];
const schemaFile = path.join(packageRoot, 'schema.graphql');
const folder = path.join(packageRoot, 'test/clients/compiled/tools');

beforeAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'operations.graphql'), documents.join('\n'));
});

test('graphql-codegen generates types, and trusted documents that the server answers by their ids', async () => {
  await generate(
    {
      schema: schemaFile,
      documents: path.join(folder, 'operations.graphql'),
      silent: true,
      generates: {
        [`${folder}/gql/`]: {
          preset: 'client',
          presetConfig: { persistedDocuments: true },
          documentMode: 'string',
        },
      },
    } as Data,
    true,
  );
  expect(await readFile(`${folder}/gql/graphql.ts`, 'utf8')).toContain('export type ThreadQueryVariables');
  const file = `${folder}/gql/persisted-documents.json`;
  const persisted = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  expect(Object.keys(persisted)).toHaveLength(documents.length);
  const server = await startServer({ TRUSTED_DOCUMENTS: file });
  try {
    const ask = async (body: object) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(server.url, { method: 'POST', headers, body: JSON.stringify(body) });
      return (await response.json()) as Data;
    };
    const thread = Object.entries(persisted).find(([, text]) => text.includes('query Thread'));
    const variables = { slug: 'none' };
    for (const body of [
      { documentId: thread?.[0] },
      { extensions: { persistedQuery: { version: 1, sha256Hash: thread?.[0] } } },
      { query: thread?.[1] },
    ]) {
      const { errors } = await ask({ ...body, variables });
      expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', field: 'slug' } }]);
    }
    const { errors } = await ask({ query: '{ viewer { id } }' });
    expect(errors).toMatchObject([{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }]);
  } finally {
    await server.close();
  }
});

describe('gql.tada', () => {
  const check = async (field: string) => {
    const source = `import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './introspection.d.ts';
const graphql = initGraphQLTada<{ introspection: introspection; scalars: { HTML: string } }>();
const query = graphql('query Thread($slug: String!) { discussion(slug: $slug) { title comments { nodes { bodyHTML } } } }');
type Result = import('gql.tada').ResultOf<typeof query>;
export const read = (result: Result): string | undefined => result.discussion?.comments.nodes[0]?.${field};
`;
    await writeFile(`${folder}/tada.ts`, source);
    const run = promisify(execFile);
    const tsc = path.join(packageRoot, 'test/clients/node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023'];
    const more = ['--allowImportingTsExtensions', '--noUncheckedIndexedAccess', '--ignoreConfig'];
    return run(process.execPath, [tsc, ...options, ...more, `${folder}/tada.ts`], { cwd: folder }).then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    );
  };

  test('infers types from the schema, and knows a wrong field', async () => {
    const config = {
      compilerOptions: {
        plugins: [
          { name: 'gql.tada/ts-plugin', schema: schemaFile, tadaOutputLocation: './introspection.d.ts' },
        ],
      },
    };
    await writeFile(`${folder}/tsconfig.json`, JSON.stringify(config));
    const cli = path.join(packageRoot, 'test/clients/node_modules/gql.tada/bin/cli.js');
    await promisify(execFile)(process.execPath, [cli, 'generate', 'output', '--disable-preprocessing'], {
      cwd: folder,
    });
    expect(await check('bodyHTML')).toBe('');
    expect(await check('bodyHtml')).toContain("Property 'bodyHtml' does not exist");
  });
});

test('graphql-eslint finds nothing in the operations, with its recommended rules', async () => {
  const plugin = await import('@graphql-eslint/eslint-plugin');
  const recommended = (plugin.default.configs as Data)['flat/operations-recommended'].rules;
  const lint = (text: string) =>
    new Linter().verify(
      text,
      [
        {
          files: ['**/*.graphql'],
          plugins: { '@graphql-eslint': { rules } as Data },
          languageOptions: {
            parser: parser as Data,
            parserOptions: {
              graphQLConfig: { schema: schemaFile, documents: path.join(folder, 'operations.graphql') },
            },
          },
          rules: recommended,
        },
      ],
      { filename: path.join(folder, 'operations.graphql') },
    );
  expect(lint(await readFile(path.join(folder, 'operations.graphql'), 'utf8'))).toEqual([]);
  const wrong = lint('query Wrong($unused: Int) { viewer { nothing } }').map(({ ruleId }) => ruleId);
  expect(wrong).toContain('@graphql-eslint/fields-on-correct-type');
});

test('graphql-inspector finds the operations valid, and a removed field breaking', async () => {
  const text = await readFile(schemaFile, 'utf8');
  const schema = buildSchema(text);
  expect(
    validate(
      schema,
      documents.map((one, n) => new Source(one, `${n}.graphql`)),
    ),
  ).toEqual([]);
  const without = buildASTSchema(
    visit(parse(text), { FieldDefinition: ({ name }) => (name.value === 'commentCount' ? null : undefined) }),
  );
  const changes = await diff(schema, without);
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  expect(breaking.map(({ path: at }) => at)).toContain('Discussion.commentCount');
});

afterAll(() => rm(folder, { recursive: true, force: true }));
