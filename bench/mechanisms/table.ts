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

// the paths that move when the tree does
const EXECUTION = 'src/graphql/execution';
const PLAN = `${EXECUTION}/plan.ts`;
const APOLLO = 'src/api/apollo.ts';
const COLUMNS = 'src/graphql/selected-columns.ts';
const CACHE = 'src/cache';
const CREDENTIALS = 'src/cache/credential-cache.ts';
const GROUP_COMMIT = 'src/store/sqlite/group-commit.ts';
const READER = 'src/store/sqlite/reader.ts';

const AGREES = 'test/execution/agrees.test.ts';
const READS = 'test/store/read-together.test.ts';

const mechanism = (
  name: string,
  files: readonly string[],
  test: string,
  ...off: readonly Change[]
): Mechanism => ({ name, files, test, off });
const instead = (module: string, find: string, put: string): Change => ({ module, find, put });

export const MECHANISMS: readonly Mechanism[] = [
  mechanism('executor, and with it text narrowing', [EXECUTION], AGREES, {
    module: `${EXECUTION}/executor.ts`,
    by: 'executor.ts',
  }),
  mechanism(
    'arguments worked out once a document',
    [],
    AGREES,
    instead(PLAN, 'return hasVariable ? null : ', 'return def ? null : '),
  ),
  mechanism(
    'cached documents',
    [],
    'test/server/graphql-handler.test.ts',
    instead(APOLLO, "if (method !== 'POST' || ", 'if (method || '),
  ),
  { name: 'response cache', files: [CACHE], test: 'test/cache/history.test.ts', off: null },
  mechanism(
    'credential cache',
    [CREDENTIALS],
    'test/cache/credential-cache.test.ts',
    instead(CREDENTIALS, 'if (dropExternal === null || ', 'if (db || '),
  ),
  mechanism(
    'group commit',
    [GROUP_COMMIT],
    'test/store/group-commit.test.ts',
    instead(GROUP_COMMIT, 'GROUP_MEMBERS_MAX = 64', 'GROUP_MEMBERS_MAX = 1'),
  ),
  mechanism(
    'text narrowing',
    [COLUMNS],
    'test/store/omitted-texts.test.ts',
    instead(COLUMNS, 'if (!fields || ', 'if (source || '),
  ),
  mechanism('read transactions', [], READS, instead(READER, '(isTogether && ', '(!connection && ')),
];
