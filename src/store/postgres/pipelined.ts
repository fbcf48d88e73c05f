// A page reads several things at once. Sent one by one, each costs both sides a system call and a context switch, which
// is more than the answer itself. So they are sent over one connection in one packet, and answered in order.
import type pg from 'pg';
import { acquire, distrustOlder, isBroken, isSilence, socketOf } from './pool.ts';

/** The number of queries in one packet. A level of a page has about five; later ones wait for earlier ones. */
const TOGETHER_MAX = 8;

interface Query {
  readonly query: pg.QueryConfig;
  readonly answer: (result: pg.QueryResult) => void;
  readonly fail: (reason: unknown) => void;
}

/**
 * Returns a function that queries a pool, and sends the queries of one microtask together. They only read: if the
 * connection turns out to be silent, they are sent once more on a new one.
 */
export function pipelined(pool: pg.Pool): (query: pg.QueryConfig) => Promise<pg.QueryResult> {
  let batch: Query[] = [];
  return (query) =>
    new Promise((answer, fail) => {
      if (batch.length === 0 || batch.length >= TOGETHER_MAX) {
        const begun: Query[] = [];
        batch = begun;
        queueMicrotask(() => {
          if (batch === begun) batch = [];
          void send(pool, begun, true);
        });
      }
      batch.push({ query, answer, fail });
    });
}

async function send(pool: pg.Pool, queries: readonly Query[], mayRepeat: boolean): Promise<void> {
  let client: pg.PoolClient;
  try {
    client = await acquire(pool);
  } catch (error) {
    for (const { fail } of queries) fail(error);
    return;
  }
  const { bytesRead } = socketOf(client);
  const unanswered: Query[] = [];
  let left = queries.length;
  let failed: Error | undefined;
  inOnePacket(client, () => {
    for (const one of queries)
      client.query(one.query, (error: Error | null, result: pg.QueryResult) => {
        if (error && isBroken(error)) failed ??= error;
        if (!error) one.answer(result);
        else if (mayRepeat && isSilence(failed)) unanswered.push(one);
        else one.fail(error);
        left--;
        if (left > 0) return;
        if (isSilence(failed) && socketOf(client).bytesRead === bytesRead) distrustOlder(pool);
        client.release(failed); // the pool closes a broken connection
        if (unanswered.length > 0) void send(pool, unanswered, false);
      });
  });
}

/** Sends what `work` writes synchronously in one packet. */
export function inOnePacket<T>(client: pg.PoolClient, work: () => T): T {
  const stream = socketOf(client);
  stream.cork();
  try {
    return work();
  } finally {
    stream.uncork();
  }
}
