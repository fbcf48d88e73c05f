/** What the plain way is: a file of this folder in the place of a module, or other words in a place of it. */
export type Change =
  | { readonly module: string; readonly by: string }
  | { readonly module: string; readonly find: string; readonly put: string };

export interface Mechanism {
  readonly name: string;
  /** The files that are its own: their lines are what it costs a reader. */
  readonly files: readonly string[];
  /** How it is taken out; null: by a setting, as the response cache is. */
  readonly off: readonly Change[] | null;
  /** The test that holds it. */
  readonly test: string;
}

// the paths that move when the tree does
const EXECUTION = 'src/graphql/execution';
const READER = 'src/store/sqlite/reader.ts';
const LOADER = `${EXECUTION}/loader.ts`;
const KNOWN = 'src/api/known-operations.ts';
const COLUMNS = 'src/graphql/columns.ts';
const GROUP_COMMIT = 'src/store/sqlite/group-commit.ts';
const CREDENTIALS = 'src/cache/credential-cache.ts';

const executorTest = 'test/execution';
const generated = ['complete-code', 'resolve-code', 'plain-code'].map((name) => `${EXECUTION}/${name}.ts`);

export const MECHANISMS: readonly Mechanism[] = [
  {
    name: 'executor, and with it text narrowing',
    files: [EXECUTION],
    off: [{ module: `${EXECUTION}/executor.ts`, by: 'executor.ts' }],
    test: executorTest,
  },
  {
    name: 'generated functions',
    files: generated,
    off: generated.map((module) => ({ module, by: 'loops.ts' })),
    test: executorTest,
  },
  {
    name: 'plain arguments and variables',
    files: ['plain-arguments', 'plain-values', 'plain-variables'].map((name) => `${EXECUTION}/${name}.ts`),
    off: [
      {
        module: `${EXECUTION}/plain-arguments.ts`,
        find: 'const parts = partsOf(def, node);',
        put: 'const parts = null as Part[] | null;',
      },
      {
        module: `${EXECUTION}/plain-variables.ts`,
        find: 'return (given) => {',
        put: 'return (given) => { if (given) return null;',
      },
    ],
    test: executorTest,
  },
  {
    name: 'constant arguments, worked out once a document',
    files: [],
    off: [
      {
        module: `${EXECUTION}/plain-arguments.ts`,
        find: 'return node.arguments?.some(',
        put: 'return node ? null : (node as FieldNode).arguments?.some(',
      },
      {
        module: `${EXECUTION}/plain-arguments.ts`,
        find: 'const parts = partsOf(def, node);',
        put: 'const parts = null as Part[] | null;',
      },
    ],
    test: executorTest,
  },
  {
    name: 'leaf entities fetched last',
    files: [],
    off: [{ module: LOADER, find: 'if (loader.isLast && ', put: 'if (!loader && ' }],
    test: executorTest,
  },
  {
    name: 'one pipeline beside Apollo',
    files: [KNOWN],
    off: [{ module: KNOWN, find: "if (http.method !== 'POST' || ", put: 'if (http || ' }],
    test: 'test/api',
  },
  { name: 'response cache', files: ['src/cache'], off: null, test: 'test/cache/history.test.ts' },
  {
    name: 'credential cache',
    files: [CREDENTIALS],
    off: [{ module: CREDENTIALS, find: 'if (dropElsewhere === null || ', put: 'if (db || ' }],
    test: 'test/cache/credential-cache.test.ts',
  },
  {
    name: 'group commit',
    files: [GROUP_COMMIT],
    off: [{ module: GROUP_COMMIT, find: 'GROUP_MEMBERS_MAX = 64', put: 'GROUP_MEMBERS_MAX = 1' }],
    test: 'test/store/group-commit.test.ts',
  },
  {
    name: 'text narrowing',
    files: [COLUMNS],
    off: [{ module: COLUMNS, find: 'if (!fields || ', put: 'if (source || ' }],
    test: 'test/store/bounded-statements.test.ts',
  },
  {
    name: 'shared read transactions',
    files: [],
    off: [{ module: READER, find: 'if ((isTogether || sharesTurns) && ', put: 'if (!connection && ' }],
    test: 'test/store/read-together.test.ts',
  },
  {
    name: 'read transactions shared by the requests of a turn',
    files: [],
    off: [
      {
        module: READER,
        find: 'let isTogether = false;',
        put: 'let isTogether = false; sharesTurns = false;',
      },
    ],
    test: 'test/store/read-together.test.ts',
  },
];
