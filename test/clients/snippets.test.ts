// The code in docs/front-end.md: its operations are valid in the schema, and it type-checks against the real packages.
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';

const read = (name: string) => readFile(path.join(packageRoot, name), 'utf8');
const page = await read('docs/front-end.md');
const snippets = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);

test('there is one for Apollo Client, urql and Relay', () => {
  const packages = snippets.map(
    (code) => /from '(@apollo\/client|@urql\/core|relay-runtime)'/.exec(code)?.[1],
  );
  expect(packages).toEqual(['@apollo/client', '@urql/core', 'relay-runtime']);
});

test('their operations are valid in schema.graphql', async () => {
  const schema = buildSchema(await read('schema.graphql'));
  const operations = snippets.flatMap((code) =>
    [...code.matchAll(/(?:gql|graphql)`(.*?)`/gs)].map(([, operation = '']) => operation),
  );
  expect(operations).toHaveLength(3);
  expect(operations.flatMap((operation) => validate(schema, parse(operation)).map(String))).toEqual([]);
});

test('they type-check', async () => {
  const folder = path.join(packageRoot, 'test/clients/compiled/snippets');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const config = { extends: '../../tsconfig.json', include: ['.'], exclude: [] };
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const write = (code: string, at: number) => writeFile(path.join(folder, `snippet-${at}.ts`), code);
  await Promise.all(snippets.map(write));
  const tsc = path.join(packageRoot, 'node_modules/.bin/tsc');
  const check = promisify(execFile)(tsc, ['--noEmit', '-p', folder]);
  expect(
    await check.then(
      () => '',
      ({ stdout }) => stdout,
    ),
  ).toBe('');
});
