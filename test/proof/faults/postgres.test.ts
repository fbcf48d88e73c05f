// Faults of PostgreSQL under writing clients. The server is of this test alone, behind a proxy that can go silent.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Program, start } from '../../server/program.ts';
import {
  type Cluster,
  clusterTitle,
  serverPrograms,
  startCluster,
  urlOf,
} from '../../support/postgres-cluster.ts';
import { openTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { endure, type Fault } from './endure.ts';
import { type Forum, judge, openForum, send, startTraffic } from './traffic.ts';

/** Every wait of the server's is a third of it. */
const REQUEST_SECONDS = 3;
const CONNECTIONS_MAX = 30;

describe.skipIf(serverPrograms === null)(clusterTitle('a server on PostgreSQL'), () => {
  let cluster: Cluster;
  let proxy: TcpProxy;
  let admin: pg.Client;
  beforeAll(async () => {
    cluster = await startCluster([`max_connections=${CONNECTIONS_MAX}`]);
    proxy = await openTcpProxy(cluster.port);
  });
  afterAll(async () => {
    await proxy.close();
    cluster.remove();
  });

  const startServer = (env: Record<string, string> = {}) =>
    start({
      DATABASE_URL: urlOf(proxy.port),
      LOG_LEVEL: 'info',
      RATE_LIMITS: 'off',
      PLAYGROUND: 'off',
      REQUEST_TIMEOUT_SECONDS: String(REQUEST_SECONDS),
      SHUTDOWN_SECONDS: '1',
      ...env,
    });

  async function opened(env?: Record<string, string>): Promise<Opened> {
    const program = await startServer(env);
    const url = await program.listening();
    return { program, url, databaseUrl: cluster.url, forum: await openForum(url, cluster.url) };
  }

  /** A connection past the proxy. */
  const connect = async () => {
    admin = new pg.Client({ connectionString: cluster.url });
    admin.on('error', () => {});
    await admin.connect();
    return admin;
  };

  const others: pg.Client[] = [];
  const faults: Fault[] = [
    {
      name: 'PostgreSQL: the connections go silent, new ones work',
      begin: () => proxy.hold(),
      end: () => proxy.release(),
      reason: null,
      isOvercome: true,
    },
    {
      name: 'PostgreSQL: the server stands still (SIGSTOP)',
      begin: () => cluster.freeze(),
      end: () => cluster.thaw(),
      reason: 'DATABASE_UNREACHABLE',
      ms: 4_000,
    },
    {
      name: 'PostgreSQL: the server crashes and starts again',
      begin: () => cluster.stop(),
      end: () => cluster.start(),
      reason: 'DATABASE_UNREACHABLE',
    },
    {
      name: 'PostgreSQL: a table is locked',
      begin: async () => {
        await (await connect()).query('BEGIN; LOCK TABLE idempotency_key IN ACCESS EXCLUSIVE MODE');
      },
      end: () => admin.end(),
      reason: 'DATABASE_LOCKED',
      ms: 3_500,
    },
    {
      name: 'PostgreSQL: no connection is left',
      begin: async () => {
        await connect();
        // its own connections are ended until others have taken them all
        for (let isTaken = false; !isTaken; ) {
          await admin.query(
            'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL' +
              " AND application_name <> 'taker'",
          );
          for (;;) {
            const other = new pg.Client({ connectionString: cluster.url, application_name: 'taker' });
            other.on('error', () => {});
            const isIn = await other.connect().then(
              () => true,
              () => false,
            );
            if (!isIn) break;
            others.push(other);
          }
          isTaken = others.length >= CONNECTIONS_MAX - 6;
        }
      },
      end: async () => {
        await Promise.all(others.splice(0).map((other) => other.end()));
        await admin.end();
      },
      reason: null,
    },
    {
      name: 'PostgreSQL: the database is read-only',
      begin: async () => {
        await (await connect()).query('ALTER SYSTEM SET default_transaction_read_only = on');
        await admin.query('SELECT pg_reload_conf()');
      },
      end: async () => {
        await admin.query('ALTER SYSTEM RESET default_transaction_read_only');
        await admin.query('SELECT pg_reload_conf()');
        await admin.end();
      },
      reason: 'DATABASE_READ_ONLY',
    },
  ];

  test.each(faults)(
    'loses no acknowledged comment, refuses with 503 and recovers by itself: $name',
    async (fault) => {
      await endure(await opened(), fault);
    },
    120_000,
  );

  test.each<[string, () => void, () => void]>([
    ['the database stands still', () => cluster.freeze(), () => cluster.thaw()],
    ['every connection is silent, and new ones are', () => proxy.silence(), () => proxy.release()],
  ])(
    'ends within a second of SHUTDOWN_SECONDS after SIGTERM, although %s',
    async (_what, begin, end) => {
      const { program, url, forum } = await opened({ REQUEST_TIMEOUT_SECONDS: '60' });
      const traffic = startTraffic(url, forum);
      await traffic.recovery();
      begin();
      try {
        await sleep(300);
        const since = performance.now();
        program.child.kill('SIGTERM');
        await program.ended();
        expect((performance.now() - since) / 1000).toBeLessThan(1 + 1 + MACHINE_SECONDS);
      } finally {
        end();
        await traffic.stop();
      }
    },
    60_000,
  );

  test('stores none of 12 comments that met their deadline behind a lock, and each once when it is repeated', async () => {
    const { url, forum, databaseUrl } = await opened();
    const bodies = Array.from({ length: 12 }, (_, n) => `late ${n}`);
    await (await connect()).query('BEGIN; SELECT id FROM discussion FOR UPDATE');
    const late = await Promise.all(bodies.map((body) => send(url, forum, body)));
    expect(late.map(({ outcome }) => outcome)).toEqual(Array(12).fill('REFUSED'));
    for (const { sentAt, answeredAt } of late)
      expect(answeredAt - sentAt).toBeLessThan((REQUEST_SECONDS + MACHINE_SECONDS) * 1000);
    await admin.query('COMMIT');
    await sleep(500);
    expect((await judge(late, databaseUrl)).wrong).toEqual([]);
    await repeatAll(url, forum, bodies, databaseUrl);
    await admin.end();
  }, 60_000);
});

/** What a machine that is shared may add to a time. */
const MACHINE_SECONDS = 0.7;

interface Opened {
  readonly program: Program;
  readonly url: string;
  readonly databaseUrl: string;
  readonly forum: Forum;
}

async function repeatAll(url: string, forum: Forum, bodies: readonly string[], databaseUrl: string) {
  for (const repeat of [1, 2]) {
    const again = await Promise.all(bodies.map((body) => send(url, forum, body)));
    expect(
      again.map(({ outcome }) => outcome),
      `repeat ${repeat}`,
    ).toEqual(bodies.map(() => 'ACKNOWLEDGED'));
    expect(await judge(again, databaseUrl)).toMatchObject({ lost: 0, wrong: [] });
  }
}
