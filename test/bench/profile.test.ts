import { describe, expect, test } from 'vitest';
import type { CpuProfile, ProfileNode } from '../../bench/profile/cpu-profile.ts';
import { functionTimes, type Sources } from '../../bench/profile/grouped.ts';
import { kindOf } from '../../bench/profile/kinds.ts';
import { profileTables } from '../../bench/profile/table.ts';

const SERVER = 'file:///dist/main.js';
const LINES: Readonly<Record<number, string>> = { 7: 'return statement.all(id);', 9: 'JSON.stringify(x)' };

const sources: Sources = {
  // as if every function of the bundle began in a source file of a hundred lines
  fileOf: ({ url, lineNumber }) =>
    url === SERVER
      ? lineNumber < 100
        ? 'src/graphql/connections/page.ts'
        : 'src/graphql/execution/resolve.ts'
      : url,
  textOf: (url, line) => (url === SERVER ? (LINES[line] ?? '') : ''),
};

type Lines = Readonly<Record<number, number>>;

function node(
  id: number,
  functionName: string,
  [url, lineNumber]: readonly [string, number],
  children: readonly number[] = [],
  lines: Lines = {},
): ProfileNode {
  const positionTicks = Object.entries(lines).map(([line, ticks]) => ({ line: Number(line), ticks }));
  return {
    ...{ id, children, positionTicks },
    callFrame: { functionName, url, lineNumber, columnNumber: url === '' ? -1 : 0 },
  };
}

const NATIVE = ['', -1] as const;

function profileOf(
  nodes: readonly ProfileNode[],
  spent: readonly (readonly [id: number, us: number])[],
): CpuProfile {
  return { nodes, samples: spent.map(([id]) => id), timeDeltas: spent.map(([, us]) => us) };
}

/** What goes into each kind, in microseconds. */
function kindsOf(profile: CpuProfile): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const { kind, microseconds } of functionTimes(profile, sources))
    kinds[kind] = (kinds[kind] ?? 0) + microseconds;
  return kinds;
}

describe('a profile', () => {
  test('is summed up by what functions spent themselves, without what was idle', () => {
    const nodes = [
      node(1, '(root)', NATIVE, [2, 3, 4, 5, 6]),
      ...['(idle)', '(garbage collector)', '(program)'].map((name, i) => node(2 + i, name, NATIVE)),
      node(5, 'pageOf', [SERVER, 3], [6]),
      node(6, 'run', [SERVER, 200]),
    ];
    const spent = [
      [2, 1000],
      [3, 10],
      [4, 20],
      [5, 30],
      [6, 40],
      [5, 2],
    ] as const;
    expect(kindsOf(profileOf(nodes, spent))).toEqual({ collection: 10, outside: 20, own: 32, graphql: 40 });
  });

  test('counts as SQLite its native functions, and the time of whoever calls them on the line of the call', () => {
    const nodes = [node(1, 'pageOf', [SERVER, 3], [2], { 7: 3, 8: 1 }), node(2, 'all', NATIVE, [], { 7: 5 })];
    expect(
      kindsOf(
        profileOf(nodes, [
          [1, 400],
          [2, 500],
        ]),
      ),
    ).toEqual({ sqlite: 800, own: 100 });
  });

  test('counts other functions without a file as their caller does: native ones, and code made while it ran', () => {
    const nodes = [
      node(1, 'write', ['node:net', 3], [2, 3]),
      node(2, 'writev', NATIVE),
      node(3, 'run', NATIVE),
      node(4, 'run', [SERVER, 200], [5]),
      node(5, 'complete', ['', 0], [6]),
      node(6, 'leaf', NATIVE),
    ];
    expect(
      kindsOf(
        profileOf(nodes, [
          [2, 1],
          [3, 2],
          [5, 4],
          [6, 8],
        ]),
      ),
    ).toEqual({ node: 3, graphql: 12 });
  });

  test('counts lines with JSON apart, and leaves the profiler itself out', () => {
    const nodes = [
      node(1, 'pageOf', [SERVER, 3], [], { 9: 1, 10: 1 }),
      node(2, 'post', ['node:inspector', 3], [3]),
      node(3, 'dispatch', NATIVE),
    ];
    expect(
      kindsOf(
        profileOf(nodes, [
          [1, 8],
          [2, 100],
          [3, 100],
        ]),
      ),
    ).toEqual({ json: 4, own: 4 });
  });

  test.each([
    ['node:_http_server', 'node'],
    ['node_modules/better-sqlite3/lib/methods/wrappers.js', 'sqlite'],
    ['node_modules/@prisma/client/runtime/client.js', 'prisma'],
    ['src/generated/sqlite/client.ts', 'prisma'],
    ['node_modules/graphql/execution/execute.js', 'graphql'],
    ['node_modules/@apollo/server/dist/esm/requestPipeline.js', 'graphql'],
    ['node_modules/@apollo/server/dist/esm/standalone/index.js', 'http'],
    ['node_modules/body-parser/lib/read.js', 'http'],
    ['src/server/http/direct-route.ts', 'http'],
    ['src/graphql/execution/resolve.ts', 'graphql'],
    ['src/forum/comment/comment-reads.ts', 'own'],
    ['bench/floor/thread-page.ts', 'own'],
    ['bench/peers/prisma-present.ts', 'own'],
  ])('takes %s for %s', (file, kind) => {
    expect(kindOf(file)).toBe(kind);
  });
});

describe('the tables of a profile', () => {
  const functions = [
    { name: 'all', file: 'better-sqlite3', kind: 'sqlite', microseconds: 600 },
    { name: 'pageOf', file: 'src/graphql/connections/page.ts', kind: 'own', microseconds: 100 },
    { name: 'pageOf', file: 'src/graphql/connections/page.ts', kind: 'own', microseconds: 200 },
    { name: '(garbage collector)', file: '', kind: 'collection', microseconds: 100 },
  ] as const;
  const cells = (table: string | undefined, title: string) =>
    table
      ?.split('\n')
      .find((row) => row.startsWith(`| ${title}`))
      ?.split('|')
      .slice(2, -1)
      .map((cell) => cell.trim());

  test('divide the processor time that the system has counted as samples divide it, for each page', () => {
    const threads = { main: 1600, others: 400 };
    const [kinds] = profileTables([
      { name: 'floor', pages: 10, functions, threads: null },
      { name: 'parley', pages: 10, functions, threads },
    ]);
    expect(cells(kinds, 'SQLite')).toEqual(['60 (60 %)', '96 (48 %)']);
    expect(cells(kinds, 'Prisma')).toEqual(['', '']);
    expect(cells(kinds, 'other threads')).toEqual(['', '40 (20 %)']);
    expect(cells(kinds, 'all')).toEqual(['100', '200']);
  });

  test('name the functions of this server that spent most, all rounds together', () => {
    const [, most] = profileTables([{ name: 'parley', pages: 10, functions, threads: null }]);
    expect(cells(most, '`all`')).toEqual(['`better-sqlite3`', 'SQLite', '60 (60 %)']);
    expect(cells(most, '`pageOf`')).toEqual([
      '`src/graphql/connections/page.ts`',
      'reads, rules, resolvers',
      '30 (30 %)',
    ]);
    expect(cells(most, '`(garbage')).toBeUndefined();
  });
});
