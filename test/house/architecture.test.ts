import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { forumModules } from '../../src/forum/index.ts';
import { filesBelow, folderOf, type SourceFile } from './source-files.ts';

/** The folders and files of src/, top to bottom: each imports only from itself and from those below it. */
const LAYERS = [
  ['parley'],
  ['main'],
  ['cli'],
  ['server'],
  ['mcp'],
  ['feeds'],
  ['api'],
  ['import'],
  ['transfer'],
  ['operations'],
  ['identity'],
  ['forum'],
  ['cache'],
  ['mail'],
  ['text'],
  ['graphql'],
  ['access'],
  ['store'],
  ['graphql/execution'],
  ['log', 'redis', 'start-error', 'package-root'],
];
/** The modules of src/forum/, bottom to top. */
const FORUM = forumModules.map(({ name }) => name);
/** Folders that others import by their index.ts alone. */
const BY_INDEX = [
  ...FORUM.map((name) => `forum/${name}`),
  'mcp',
  'feeds',
  'import',
  'transfer',
  'operations',
  'operations/doctor',
  'identity',
  'store',
  'graphql/execution',
];

const source = filesBelow('src');

function faults(find: (file: SourceFile, imported: string) => string | null): string[] {
  return source.flatMap((file) =>
    file.imports.flatMap((imported) =>
      imported.startsWith('src/generated/') ? [] : (find(file, imported) ?? []),
    ),
  );
}

const layerOf = (folder: string) =>
  LAYERS.findIndex((names) => names.includes(folder) || names.includes(folder.replace(/\/.*/, '')));
const levelOf = (folder: string) => {
  const exact = LAYERS.findIndex((names) => names.includes(folder));
  return exact >= 0 ? exact : layerOf(folder);
};

describe('the source', () => {
  test('has no folder that the list of layers does not name', () => {
    const unknown = source.map((file) => folderOf(file.name)).filter((folder) => levelOf(folder) < 0);
    expect([...new Set(unknown)]).toEqual([]);
  });

  test('imports one way: from the same layer or one below', () => {
    expect(
      faults((file, imported) => {
        if (!imported.startsWith('src/')) return null;
        const [from, to] = [levelOf(folderOf(file.name)), levelOf(folderOf(imported))];
        return from <= to ? null : `${file.name} imports ${imported}: move what both need to the lower layer`;
      }),
    ).toEqual([]);
  });

  test('lets a module of the forum import those before it in src/forum/index.ts', () => {
    // plain files of src/forum/ come before all modules: no module is in the list under their names
    const levelIn = (name: string) => FORUM.indexOf(name.split('/')[2] ?? '');
    expect(
      faults((file, imported) => {
        const isForum = file.name.startsWith('src/forum/') && imported.startsWith('src/forum/');
        return !isForum || file.name === 'src/forum/index.ts' || levelIn(file.name) >= levelIn(imported)
          ? null
          : `${file.name} imports ${imported}: turn the dependency round, or change the order of the modules`;
      }),
    ).toEqual([]);
  });

  test('is drawn in ARCHITECTURE.md with its modules in this order', () => {
    const names = forumModules.map(({ name }) => name);
    expect(readFileSync('ARCHITECTURE.md', 'utf8')).toContain(names.join(' --- '));
  });

  test('imports a module by its index.ts alone', () => {
    expect(
      faults((file, imported) => {
        const folder = folderOf(imported);
        const closed = BY_INDEX.find((name) => folder === name || folder.startsWith(`${name}/`));
        const isInside = closed !== undefined && `${file.name}`.startsWith(`src/${closed}/`);
        return closed === undefined || isInside || imported === `src/${folder}/index.ts`
          ? null
          : `${file.name} imports ${imported}: export it from src/${closed}/index.ts`;
      }),
    ).toEqual([]);
  });

  test('keeps the executor a package of its own: it imports graphql and nothing else', () => {
    expect(
      faults((file, imported) =>
        !file.name.startsWith('src/graphql/execution/') ||
        imported.startsWith('src/graphql/execution/') ||
        /^graphql(\/|$)/.test(imported)
          ? null
          : `${file.name} imports ${imported}`,
      ),
    ).toEqual([]);
  });

  test('has no files that import each other in a circle', () => {
    expect(circles(source)).toEqual([]);
  });

  test('knows GraphQL and Apollo only in api, graphql and cli-free layers above the forum', () => {
    expect(
      faults((file, imported) =>
        /^(graphql|@apollo\/|@graphql-tools\/)/.test(imported) &&
        !/^src\/(api|server|graphql)\//.test(file.name)
          ? `${file.name} imports ${imported}: only api, server and graphql may`
          : null,
      ),
    ).toEqual([]);
  });

  test('knows the database drivers only in store, and sqlite3 only in operations', () => {
    expect(
      faults((file, imported) => {
        const isDriver =
          /^(better-sqlite3|pg|@prisma\/)/.test(imported) && !file.name.startsWith('src/store/');
        const isOperators = imported === 'sqlite3' && !file.name.startsWith('src/operations/');
        return isDriver || isOperators ? `${file.name} imports ${imported}` : null;
      }),
    ).toEqual([]);
  });

  test('reads the environment only in the settings and the entry points that call them', () => {
    const readers = source.filter((file) => file.text.includes('process.env')).map((file) => file.name);
    const allowed = (name: string) =>
      name === 'src/server/settings/settings.ts' || name === 'src/main.ts' || name.startsWith('src/cli/');
    expect(readers.filter((name) => !allowed(name))).toEqual([]);
  });

  test('starts no process, and fetches nothing but keys of identity providers and, for `parley mcp`, a forum', () => {
    expect(
      faults((file, imported) =>
        /^(node:)?(child_process|vm|https|http2|dgram)$|^undici/.test(imported)
          ? `${file.name} imports ${imported}`
          : null,
      ),
    ).toEqual([]);
    const fetching = source.filter((file) => /\bfetch\(|\bhttp\.request\(/.test(file.text));
    expect(fetching.map((file) => file.name)).toEqual([
      'src/identity/external-token.ts',
      'src/mcp/remote-api.ts',
    ]);
  });

  const modules = source.filter((file) => /^src\/(forum|identity|import|operations)\//.test(file.name));

  test('takes time and ids from the context: modules call no clock', () => {
    const callers = modules.filter((file) => /\bDate\.now\(|new Date\(\)|\brandomUUID\(/.test(file.text));
    expect(callers.map((file) => file.name)).toEqual([]);
  });

  test('writes only through the transaction: no raw write statement outside store', () => {
    const writers = modules.filter((file) => /\$(executeRawUnsafe|queryRawUnsafe)\(/.test(file.text));
    expect(writers.map((file) => file.name)).toEqual([]);
  });
});

/** Each circle of imports as `a > b > a`. Imports of types count: a file should be understood without the other. */
function circles(files: readonly SourceFile[]): string[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]) => {
    if (path.includes(name)) {
      found.add([...path.slice(path.indexOf(name)), name].join(' > '));
      return;
    }
    if (done.has(name)) return;
    for (const imported of byName.get(name)?.imports ?? [])
      if (byName.has(imported)) visit(imported, [...path, name]);
    done.add(name);
  };
  for (const { name } of files) visit(name, []);
  return [...found];
}
