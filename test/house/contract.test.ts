import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildASTSchema, type DocumentNode, parse, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { completeConnections } from '../../scripts/connections.ts';
import { mergeSdl } from '../../scripts/merge-sdl.ts';
import { completeModules, readModuleSdl } from '../../scripts/module-sdl.ts';
import { ERROR_CODES } from '../../src/access/errors.ts';
import { buildSchema } from '../../src/api/schema.ts';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../src/graphql/connections/page-args.ts';
import { packageRoot } from '../../src/package-root.ts';
import { filesBelow } from './source-files.ts';

const sdl = readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8');
const document: DocumentNode = parse(sdl);
const schema = buildASTSchema(document);

describe('schema.graphql', () => {
  test('describes every type, field, argument, input member and enum value', () => {
    const bare: string[] = [];
    const check = (name: string, description: { value: string } | undefined) => {
      if (!description?.value.trim()) bare.push(name);
    };
    visit(document, {
      enter(node, _key, _parent, _path, ancestors) {
        if (!('description' in node) && !('name' in node)) return;
        if (!/Definition$/.test(node.kind) || node.kind === 'SchemaDefinition') return;
        const names = [...ancestors, node].flatMap((n) => ('name' in n && n.name ? [n.name.value] : []));
        check(names.join('.'), 'description' in node ? node.description : undefined);
      },
    });
    expect(bare).toEqual([]);
  });

  test('never answers a list that is null or has null members, but for nodes(ids)', () => {
    const found: string[] = [];
    visit(document, {
      FieldDefinition(field) {
        const text = typeText(field.type);
        if (text.includes('[') && !/\[\w+!\]!/.test(text)) found.push(field.name.value);
      },
    });
    expect(found).toEqual(['nodes']);
  });

  test('says what null means for every nullable field of an object', () => {
    const silent: string[] = [];
    visit(document, {
      ObjectTypeDefinition(type) {
        for (const field of type.fields ?? []) {
          const isNullable = field.type.kind !== 'NonNullType';
          if (isNullable && !/null/i.test(field.description?.value ?? '')) {
            silent.push(`${type.name.value}.${field.name.value}`);
          }
        }
      },
    });
    expect(silent).toEqual([]);
  });

  test('gives every connection the same arguments, and says their bounds', () => {
    // ranked results can only be read forwards
    const forwards = ['search'];
    const odd: string[] = [];
    visit(document, {
      FieldDefinition(field) {
        if (!/Connection!$/.test(typeText(field.type))) return;
        const names = (field.arguments ?? []).map((argument) => argument.name.value);
        const both = forwards.includes(field.name.value) ? [] : ['last', 'before'];
        if (!['first', 'after', ...both].every((name) => names.includes(name))) odd.push(field.name.value);
        const first = field.arguments?.find((argument) => argument.name.value === 'first');
        const words = first?.description?.value ?? '';
        if (!words.includes(String(PAGE_SIZE_MAX)) || !words.includes(String(PAGE_SIZE_DEFAULT))) {
          odd.push(`${field.name.value}(first)`);
        }
      },
    });
    expect(odd).toEqual([]);
  });

  test('is what the .graphql files of the modules say, with nothing missing (npm run schema writes it)', async () => {
    const modules = await readModuleSdl();
    expect(completeModules(modules)).toEqual(modules);
    expect(mergeSdl(modules)).toBe(sdl);
  });

  test('defines each type once and extends none, which Relay would take for fields of the client', () => {
    const names = document.definitions.map((one) => ('name' in one && one.name?.value) || '');
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(document.definitions.filter(({ kind }) => kind.endsWith('Extension'))).toEqual([]);
  });

  test('says of no argument or input field with a default that it cannot be null: null means the default', () => {
    const refusing: string[] = [];
    visit(document, {
      InputValueDefinition({ name, type, defaultValue }) {
        if (defaultValue && type.kind === 'NonNullType') refusing.push(name.value);
      },
    });
    expect(refusing).toEqual([]);
  });

  test('gives every connection the same members', () => {
    const members = new Map<string, string[]>();
    visit(document, {
      ObjectTypeDefinition({ name, fields = [] }) {
        const of = fields.map((field) => `${field.name.value}: ${typeText(field.type)}`);
        if (/(Connection|Edge)$/.test(name.value)) members.set(name.value, of);
      },
    });
    // what a search says about itself besides its results
    const more = ['isTotalCountLowerBound', 'facets', 'searchIssues', 'suggestion'];
    const search = members.get('SearchResultConnection') ?? [];
    members.set(
      'SearchResultConnection',
      search.filter((field) => !more.includes(field.split(':')[0] ?? '')),
    );
    // of lists that can be very long, no more is counted than a client can use
    const authors = members.get('AuthorConnection') ?? [];
    members.set(
      'AuthorConnection',
      authors.filter((field) => !field.startsWith('isTotalCountLowerBound:')),
    );
    const nodes = [...members.keys()].flatMap((name) => /^(\w+)Connection$/.exec(name)?.[1] ?? []);
    const expected = nodes.flatMap((node): [string, string[]][] => [
      [
        `${node}Connection`,
        [`edges: [${node}Edge!]!`, `nodes: [${node}!]!`, 'pageInfo: PageInfo!', 'totalCount: Int!'],
      ],
      [`${node}Edge`, ['cursor: String!', `node: ${node}!`]],
    ]);
    expect(Object.fromEntries(members)).toEqual(Object.fromEntries(expected));
  });

  test('adds arguments and types to a connection of one line', () => {
    const type = 'type Bookmark {\n  "Its id."\n  id: ID!\n}\n';
    const field = 'extend type Query {\n  "All."\n  bookmarks: BookmarkConnection!\n}\n';
    const completed = completeConnections(`${sdl}\n"A mark."\n${type}\n${field}`);
    const { definitions } = parse(completed);
    expect(completed).toContain('  bookmarks(\n    "');
    expect(definitions.map((one) => ('name' in one && one.name?.value) || '')).toEqual(
      expect.arrayContaining(['BookmarkConnection', 'BookmarkEdge']),
    );
    expect(completeConnections(completed)).toBe(completed);
  });

  test('has the error codes that the program throws, and no others', () => {
    const type = schema.getType('ErrorCode');
    const values = type && 'getValues' in type ? type.getValues().map((value) => value.name) : [];
    expect(values.sort()).toEqual([...ERROR_CODES].sort());
  });

  test('has no resolver without a field', () => {
    expect(() => buildSchema()).not.toThrow();
  });
});

describe('the data model', () => {
  test('names above every index the query that it serves', () => {
    const silent: string[] = [];
    for (const file of filesBelow('prisma/models', '.prisma')) {
      const lines = file.text.split('\n').map((line) => line.trim());
      lines.forEach((line, index) => {
        if (!line.startsWith('@@index')) return;
        // a block of indexes shares the comment above its first line
        let above = index - 1;
        while (lines[above]?.startsWith('@@index')) above--;
        if (!lines[above]?.startsWith('///')) silent.push(`${file.name}:${index + 1}`);
      });
    }
    expect(silent).toEqual([]);
  });
});

test('a migration begins with a comment: why it is there, what it locks, how to recover', () => {
  const migrations = filesBelow('prisma', 'migration.sql');
  expect(migrations.length).toBeGreaterThan(5);
  const silent = migrations.filter(({ text }) => !/^-- .{20,}/.test(text));
  expect(silent.map(({ name }) => name)).toEqual([]);
});

function typeText(type: { kind: string; type?: unknown; name?: { value: string } }): string {
  const inner = () => typeText(type.type as Parameters<typeof typeText>[0]);
  if (type.kind === 'NonNullType') return `${inner()}!`;
  if (type.kind === 'ListType') return `[${inner()}]`;
  return type.name?.value ?? '';
}
