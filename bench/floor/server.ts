import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import type { Operation, Variables } from '../queries.ts';
import { listPage } from './list-page.ts';
import { threadPage } from './thread-page.ts';

/** More than the large data. SQLite itself takes at most 2 GB of it. */
const MAPPED_BYTES_MAX = 2 ** 36;

/** Opens a generated file as the floor reads it; `onStatement` hears of each statement. */
export function openFloor(file: string, onStatement?: () => void): Database {
  const db = new SqliteDatabase(file, { readonly: true, ...(onStatement ? { verbose: onStatement } : {}) });
  // maps the whole file: no copy of a page between the system's cache and SQLite's
  db.pragma(`mmap_size = ${MAPPED_BYTES_MAX}`);
  return db;
}

/** The operations that the floor answers: what the same GraphQL operation has as its `data`. */
export function floorOperations(db: Database): Record<Operation, (variables: Variables) => unknown> {
  return { threadPage: threadPage(db), listPage: listPage(db) };
}

/**
 * The floor: what this machine does with the same database and the same answers when nothing stands between HTTP and
 * SQL. Takes POST with `{ operation, variables }`, answers `{ data }`.
 */
export function createFloor(db: Database): Server {
  const answers = floorOperations(db);
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, response, Buffer.concat(chunks).toString(), answers));
  });
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  answers: Record<Operation, (variables: Variables) => unknown>,
): void {
  if (request.method !== 'POST') return void response.writeHead(405).end();
  const { operation, variables } = JSON.parse(body) as { operation: Operation; variables: Variables };
  const text = JSON.stringify({ data: answers[operation](variables) });
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
