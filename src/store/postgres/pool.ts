// Pools whose every wait has an end: for a connection, for an answer, and for the close. A connection can stay open and
// never answer again, as after a power cut or behind a firewall that has forgotten it.
import type { Socket } from 'node:net';
import pg from 'pg';
import { clientOf, type PostgresAddress } from './connection.ts';

/** The idle time after which the system checks a connection. */
const IDLE_CHECK_MS = 10_000;

/** How long to wait for what. */
export interface Waits {
  /** For a connection: a new one, or one that others use. */
  readonly connectMs: number;
  /** For the answer to a statement. After it, the connection is closed. */
  readonly answerMs: number;
}

interface PoolOptions extends Waits {
  readonly connectionsMax: number;
}

interface PoolState {
  readonly clients: Set<pg.ClientBase>;
  /** Connections that were opened before this time may be as silent as the one that was found then. */
  distrustedBefore: number;
}

const states = new WeakMap<pg.Pool, PoolState>();
const openedAt = new WeakMap<pg.ClientBase, number>();

/** Opens a pool. Its connections send statements without waiting for the answers to earlier ones. */
export function poolOf(address: PostgresAddress, options: PoolOptions): pg.Pool {
  const { connectionsMax, connectMs, answerMs } = options;
  const state: PoolState = { clients: new Set(), distrustedBefore: Number.NEGATIVE_INFINITY };
  const pool = new pg.Pool({
    Client: trackedIn(state, clientOf(address)),
    connectionString: address.connectionString,
    max: connectionsMax,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    pipeline: true,
    keepAlive: true,
    keepAliveInitialDelayMillis: IDLE_CHECK_MS,
    // PgBouncer refuses these parameters
    ...(address.keepsStatements && serverLimits(answerMs)),
  });
  states.set(pool, state);
  // the pool replaces idle connections that the server closes; without a listener the error would end the process
  pool.on('error', () => {});
  return pool;
}

/** Clients that the state knows from the beginning of their connection to its end. */
function trackedIn({ clients }: PoolState, Client: typeof pg.Client): typeof pg.Client {
  return class extends Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      clients.add(this);
      openedAt.set(this, performance.now());
      this.once('end', () => clients.delete(this));
      // a connection that breaks fails its statements; without a listener the error would also end the process
      this.on('error', () => {});
    }
  };
}

/**
 * The server gives up a little earlier than we do: a statement that waits for a lock then fails and leaves the lock's
 * queue. Otherwise it would wait on the server for a client that has gone, and use up the server's connections.
 */
function serverLimits(answerMs: number): pg.PoolConfig {
  return {
    statement_timeout: Math.ceil(answerMs * 0.9),
    // between two statements of a transaction nothing else is awaited: its client is gone, and others wait for its locks
    idle_in_transaction_session_timeout: answerMs,
  };
}

/** Gets a connection, but none that may be silent. */
export async function acquire(pool: pg.Pool): Promise<pg.PoolClient> {
  for (;;) {
    const client = await pool.connect();
    const before = states.get(pool)?.distrustedBefore ?? Number.NEGATIVE_INFINITY;
    if ((openedAt.get(client) ?? 0) >= before) return client;
    destroy(client);
    client.release(true);
  }
}

/** Whether a connection was closed because a statement got no answer in time. */
export function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}

/** A connection of the pool did not answer: the older ones are closed instead of used, because they may not either. */
export function distrustOlder(pool: pg.Pool): void {
  const state = states.get(pool);
  if (state) state.distrustedBefore = performance.now();
}

/** Whether the connection has failed, not just a statement. PostgreSQL's error classes 08 and 57P mean that too. */
export function isBroken(error: unknown): boolean {
  return !/^(?!08|57P)[0-9A-Z]{5}$/.test(String((error as { code?: unknown }).code ?? ''));
}

/** Closes a pool. After `withinMs` it breaks the connections that are still in use. */
export async function closePool(pool: pg.Pool, withinMs: number): Promise<void> {
  const ended = pool.ended ? Promise.resolve() : pool.end();
  const breakAll = () => {
    for (const client of states.get(pool)?.clients ?? []) destroy(client);
  };
  const timer = setTimeout(breakAll, withinMs);
  await ended.finally(() => clearTimeout(timer));
  breakAll(); // a silent server does not close its end of those that were idle
}

/** How long a server has to close its end of a connection. */
const GOODBYE_MS_MAX = 1000;

/** Ends a connection that no pool has, whether or not the server still answers. */
export async function endClient(client: pg.Client): Promise<void> {
  const timer = setTimeout(() => destroy(client), GOODBYE_MS_MAX);
  await client.end().finally(() => clearTimeout(timer));
}

/** `pg` has no public name for the socket. */
export function socketOf(client: pg.ClientBase): Socket {
  return (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;
}

export function destroy(client: pg.ClientBase): void {
  socketOf(client).destroy();
}
