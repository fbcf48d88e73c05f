import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildASTSchema, isObjectType, parse } from 'graphql';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { CONNECTIONS } from '../support/connections.ts';

const schema = buildASTSchema(parse(readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8')));

test('every connection of schema.graphql is in test/support/connections.ts, which tests its pages, statements and plans', () => {
  const inSchema = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => /Connection!?$/.test(String(field.type)))
        .map((field) => `${type.name}.${field.name}`),
    );
  expect(inSchema.length).toBeGreaterThan(10);
  expect([...new Set(CONNECTIONS.map(({ field }) => field))].sort()).toEqual(inSchema.sort());
});
