// A page asks several things at once. Sent one by one, each costs both sides a call into the kernel and a change of
// context, which is more than answering it: so they go over one connection in one packet, and are answered in order.
import type { Socket } from 'node:net';
import type pg from 'pg';

/** What goes over one connection: a level of a page asks about five; more would wait behind one another for long. */
const TOGETHER_MAX = 8;

interface Asked {
  readonly query: pg.QueryConfig;
  readonly answer: (result: pg.QueryResult) => void;
  readonly fail: (reason: unknown) => void;
}

/** Asks a pool: what is asked in the same turn goes together. */
export function askingTogether(pool: pg.Pool): (query: pg.QueryConfig) => Promise<pg.QueryResult> {
  let open: Asked[] = [];
  return (query) =>
    new Promise((answer, fail) => {
      if (open.length === 0 || open.length >= TOGETHER_MAX) {
        const begun: Asked[] = [];
        open = begun;
        queueMicrotask(() => {
          if (open === begun) open = [];
          send(pool, begun);
        });
      }
      open.push({ query, answer, fail });
    });
}

function send(pool: pg.Pool, asked: readonly Asked[]): void {
  pool.connect((fault, client, release) => {
    if (!client) {
      for (const { fail } of asked) fail(fault);
      return;
    }
    let left = asked.length;
    let failed: Error | undefined;
    inOnePacket(client, () => {
      for (const { query, answer, fail } of asked)
        client.query(query, (error: Error | null, result: pg.QueryResult) => {
          if (error && isBroken(error)) failed ??= error;
          left--;
          if (left === 0) release(failed); // the pool closes one that is broken
          if (error) fail(error);
          else answer(result);
        });
    });
  });
}

/** Whether the connection has failed, and not a statement alone. Classes 08 and 57P of PostgreSQL's errors say so too. */
function isBroken(error: Error & { readonly code?: string }): boolean {
  return !/^(?!08|57P)[0-9A-Z]{5}$/.test(error.code ?? '');
}

/** What `work` sends at once leaves together. `pg` has no public name for the socket. */
export function inOnePacket<T>(client: pg.PoolClient, work: () => T): T {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection;
  stream.cork();
  try {
    return work();
  } finally {
    stream.uncork();
  }
}
