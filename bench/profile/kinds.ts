/** What processor time goes into, in the order of the table. */
export const KINDS = {
  sqlite: 'SQLite: better-sqlite3, and the rows that it makes',
  prisma: 'Prisma',
  own: 'reads, rules, resolvers',
  graphql: 'GraphQL: `graphql/execution`, or graphql-js and Apollo',
  json: 'JSON',
  http: 'HTTP: `server/http`, or body-parser and its like',
  node: "Node's own modules: HTTP, sockets, event loop",
  collection: 'garbage collection',
  outside: 'V8 and the system, outside of any function',
} as const;

export type Kind = keyof typeof KINDS;

/** The first that matches the file of a function, from the package's root, says what it is. */
const BY_FILE: readonly (readonly [RegExp, Kind])[] = [
  [/^node:/, 'node'],
  [/node_modules\/better-sqlite3\//, 'sqlite'],
  // the query compiler of Prisma is the only WebAssembly here
  [/node_modules\/@prisma\/|^src\/generated\/|^wasm:/, 'prisma'],
  [/node_modules\/secure-json-parse\//, 'json'],
  [/@apollo\/server\/.*\/(standalone|runHttpQuery)/, 'http'],
  [/node_modules\/(@apollo|graphql|@graphql-tools|graphql-scalars|lru-cache)\b/, 'graphql'],
  [/node_modules\/|^src\/app\/http\/|^bench\/floor\/server\.ts/, 'http'],
  [/^src\/app\//, 'graphql'],
];

export function kindOf(file: string): Kind {
  return BY_FILE.find(([pattern]) => pattern.test(file))?.[1] ?? 'own';
}

/** What better-sqlite3 has written in C++: V8 tells such functions by name alone. */
const SQLITE_CALLS = new Set([
  ...['all', 'get', 'run', 'iterate', 'next', 'bind', 'raw', 'pluck', 'columns', 'safeIntegers'],
  ...['exec', 'prepare', 'Statement', 'StatementIterator'],
]);

/** Whether a function that is no JavaScript is SQLite. Node's own modules have a `run` and a `get`, too. */
export function isSqliteCall(name: string, callerUrl: string): boolean {
  return SQLITE_CALLS.has(name) && callerUrl !== '' && !callerUrl.startsWith('node:');
}

export const isJsonLine = (text: string): boolean => /\bJSON\.(parse|stringify)\(/.test(text);
