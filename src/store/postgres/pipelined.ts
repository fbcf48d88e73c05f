// A page reads several things at once. Sent one by one, each costs both sides a system call and a context switch, which
// is more than the answer itself. So they are sent over one connection in one packet, and answered in order.
import type { Socket } from 'node:net';
import type pg from 'pg';

/** The number of queries in one packet. A level of a page has about five; later ones wait for earlier ones. */
const TOGETHER_MAX = 8;

interface Query {
  readonly query: pg.QueryConfig;
  readonly answer: (result: pg.QueryResult) => void;
  readonly fail: (reason: unknown) => void;
}

/** Returns a function that queries a pool, and sends the queries of one microtask together. */
export function pipelined(pool: pg.Pool): (query: pg.QueryConfig) => Promise<pg.QueryResult> {
  let batch: Query[] = [];
  return (query) =>
    new Promise((answer, fail) => {
      if (batch.length === 0 || batch.length >= TOGETHER_MAX) {
        const begun: Query[] = [];
        batch = begun;
        queueMicrotask(() => {
          if (batch === begun) batch = [];
          send(pool, begun);
        });
      }
      batch.push({ query, answer, fail });
    });
}

function send(pool: pg.Pool, queries: readonly Query[]): void {
  pool.connect((fault, client, release) => {
    if (!client) {
      for (const { fail } of queries) fail(fault);
      return;
    }
    let left = queries.length;
    let failed: Error | undefined;
    inOnePacket(client, () => {
      for (const { query, answer, fail } of queries)
        client.query(query, (error: Error | null, result: pg.QueryResult) => {
          if (error && isBroken(error)) failed ??= error;
          left--;
          if (left === 0) release(failed); // the pool closes a broken connection
          if (error) fail(error);
          else answer(result);
        });
    });
  });
}

/** Whether the connection has failed, not just a statement. PostgreSQL's error classes 08 and 57P mean that too. */
function isBroken(error: Error & { readonly code?: string }): boolean {
  return !/^(?!08|57P)[0-9A-Z]{5}$/.test(error.code ?? '');
}

/** Sends what `work` writes synchronously in one packet. `pg` has no public name for the socket. */
export function inOnePacket<T>(client: pg.PoolClient, work: () => T): T {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection;
  stream.cork();
  try {
    return work();
  } finally {
    stream.uncork();
  }
}
