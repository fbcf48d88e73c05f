import { createHash } from 'node:crypto';
import type pg from 'pg';
import { clientOf, postgresAddress } from './connection.ts';
import { destroy } from './pool.ts';

/** Delivers messages to all instances, the sender included, in the order of each sender. */
interface Transport {
  /** Rejects if the message may not have been sent. */
  send(text: string): Promise<unknown>;
  /** The size limit of a message. */
  readonly bytesMax: number;
  /** Closes its connections and opens new ones. */
  reconnect(): void;
  close(): Promise<void>;
}

interface TransportEvents {
  onMessage(text: string): void;
  /** Messages may have been missed. */
  onInterrupted(): void;
}

export type OpenTransport = (events: TransportEvents) => Transport;

/** The forums in a database's schemas have a channel each. A channel's name has at most 63 bytes. */
function channelOf(schema: string | null): string {
  if (schema === null || schema === 'public') return 'parley_invalidated';
  return `parley_invalidated_${createHash('sha256').update(schema).digest('hex').slice(0, 32)}`;
}

/** PostgreSQL's limit is 8,000. */
const BYTES_MAX = 7_900;
const CONNECT_MS_MAX = 2000;
/** Heartbeats notice a silent connection earlier (cache/invalidation-channel.ts). */
const ANSWER_MS_MAX = 5000;
const RETRY_MS = 1000;

/**
 * PostgreSQL's LISTEN and NOTIFY, on a connection of its own. PgBouncer in transaction mode does not forward
 * notifications.
 */
export function openNotifications(url: string, { onMessage, onInterrupted }: TransportEvents): Transport {
  const address = postgresAddress(url);
  const Client = clientOf(address);
  let current: { readonly client: pg.Client; readonly channel: string } | null = null;
  let reconnect = () => {};
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const discard = (client: pg.Client) => {
    client.removeAllListeners().on('error', () => {});
    destroy(client); // a silent server would never close its end
  };
  const connect = async () => {
    const client = new Client({
      connectionString: address.connectionString,
      connectionTimeoutMillis: CONNECT_MS_MAX,
      query_timeout: ANSWER_MS_MAX,
      keepAlive: true,
      pipeline: true,
    });
    const lose = () => {
      if (current?.client === client) current = null;
      discard(client);
      onInterrupted();
      clearTimeout(timer);
      if (!isClosed) timer = setTimeout(connect, RETRY_MS).unref();
    };
    client.on('error', lose).on('end', lose);
    client.on('notification', ({ payload = '' }) => onMessage(payload));
    let channel: string;
    try {
      await client.connect();
      // it writes nothing that a crash could lose
      await client.query('SET synchronous_commit = off');
      const { rows } = await client.query<{ schema: string | null }>('SELECT current_schema() AS schema');
      channel = channelOf(rows[0]?.schema ?? null);
      await client.query(`LISTEN ${channel}`);
    } catch {
      return lose();
    }
    if (isClosed) return discard(client);
    current = { client, channel };
    reconnect = lose;
    onInterrupted();
  };
  void connect();
  return {
    bytesMax: BYTES_MAX,
    send: async (text) => {
      if (current === null) throw new Error('There is no connection to PostgreSQL.');
      await current.client.query('SELECT pg_notify($1, $2)', [current.channel, text]);
    },
    reconnect: () => {
      if (current) reconnect();
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      const client = current?.client;
      current = null;
      if (client) discard(client);
    },
  };
}
