/** What the plain way is: a file of this folder in the place of a module, or other words in a place of it. */
export type Change =
  | { readonly module: string; readonly by: string }
  | { readonly module: string; readonly find: string; readonly put: string };

export interface Mechanism {
  readonly name: string;
  /** The files that are its own: their lines are what it costs a reader. */
  readonly files: readonly string[];
  /** The test that holds it. */
  readonly test: string;
  /** How it is taken out; null: by a setting, as the response cache is. */
  readonly off: readonly Change[] | null;
}

const GROUP_COMMIT = 'src/store/sqlite/group-commit.ts';
const COLUMNS = 'src/graphql/selected-columns.ts';

const instead = (module: string, find: string, put: string): Change[] => [{ module, find, put }];

export const MECHANISMS: readonly Mechanism[] = [
  {
    name: 'executor, and with it text narrowing',
    files: ['src/graphql/execution'],
    test: 'test/execution/agrees.test.ts',
    off: [{ module: 'src/graphql/execution/executor.ts', by: 'executor.ts' }],
  },
  {
    name: 'arguments worked out once a document',
    files: [],
    test: 'test/execution/agrees.test.ts',
    off: instead('src/graphql/execution/plan.ts', 'return hasVariable ? null : ', 'return def ? null : '),
  },
  {
    name: 'cached documents',
    files: [],
    test: 'test/server/graphql-handler.test.ts',
    off: instead('src/api/apollo.ts', "if (method !== 'POST' || ", 'if (method || '),
  },
  { name: 'response cache', files: ['src/cache'], test: 'test/cache/history.test.ts', off: null },
  {
    name: 'group commit',
    files: [GROUP_COMMIT],
    test: 'test/store/group-commit.test.ts',
    off: instead(GROUP_COMMIT, 'GROUP_MEMBERS_MAX = 64', 'GROUP_MEMBERS_MAX = 1'),
  },
  {
    name: 'text narrowing',
    files: [COLUMNS],
    test: 'test/store/omitted-texts.test.ts',
    off: instead(COLUMNS, 'if (!fields || ', 'if (source || '),
  },
  {
    // bought with it is the search: what it costs a write is a negative saving
    name: 'search index of comments',
    files: ['src/forum/search'],
    test: 'test/api/search/index-in-step.test.ts',
    off: instead('src/forum/search/written-texts.ts', 'commentWritten.listen(indexComment);', ''),
  },
  {
    name: 'read transactions',
    files: [],
    test: 'test/store/read-together.test.ts',
    off: instead('src/store/sqlite/reader.ts', '(isTogether && ', '(!connection && '),
  },
];
