import pg from 'pg';

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

const CHANNEL = 'parley_invalidated';
/** PostgreSQL's limit is 8,000. */
const BYTES_MAX = 7_900;
const CONNECT_MS_MAX = 2000;
const RETRY_MS = 1000;

/**
 * PostgreSQL's LISTEN and NOTIFY, on a connection of its own. PgBouncer in transaction mode does not forward
 * notifications.
 */
export function openNotifications(url: string, { onMessage, onInterrupted }: TransportEvents): Transport {
  let current: pg.Client | null = null;
  let reconnect = () => {};
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const discard = (client: pg.Client) => {
    client.removeAllListeners().on('error', () => {});
    client.end().catch(() => {});
  };
  const connect = async () => {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS_MAX,
      keepAlive: true,
      pipeline: true,
    });
    const lose = () => {
      if (current === client) current = null;
      discard(client);
      onInterrupted();
      clearTimeout(timer);
      if (!isClosed) timer = setTimeout(connect, RETRY_MS).unref();
    };
    client.on('error', lose).on('end', lose);
    client.on('notification', ({ payload = '' }) => onMessage(payload));
    try {
      await client.connect();
      // it writes nothing that a crash could lose
      await client.query('SET synchronous_commit = off');
      await client.query(`LISTEN ${CHANNEL}`);
    } catch {
      return lose();
    }
    if (isClosed) return discard(client);
    current = client;
    reconnect = lose;
    onInterrupted();
  };
  void connect();
  return {
    bytesMax: BYTES_MAX,
    send: async (text) => {
      if (current === null) throw new Error('There is no connection to PostgreSQL.');
      await current.query('SELECT pg_notify($1, $2)', [CHANNEL, text]);
    },
    reconnect: () => {
      if (current) reconnect();
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      const client = current;
      current = null;
      if (client) discard(client);
    },
  };
}
