import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { freePort } from './free-port.ts';
import {
  clusterFolder,
  makeServer,
  run,
  signalAll,
  startServer,
  stopServer,
  urlOf,
} from './postgres-cluster.ts';

export { serverPrograms } from './postgres-cluster.ts';

/** A primary and its replica, both of this test alone. */
export interface Pair {
  readonly primaryUrl: string;
  readonly replicaUrl: string;
  /** Makes the replica stop to show anything new, or go on. */
  pause(): void;
  resume(): void;
  stopReplica(): void;
  startReplica(): void;
  /** The replica's connections stay and nothing answers on them, as after a power cut; until it is thawed. */
  freezeReplica(): void;
  thawReplica(): void;
  remove(): void;
}

/** Makes two servers in a temporary folder. They run as the user `postgres` where the tests run as root. */
export async function startPair(): Promise<Pair> {
  const folder = clusterFolder();
  const [primaryPort, replicaPort] = [await freePort(), await freePort()];
  const primary = path.join(folder, 'primary');
  const replica = path.join(folder, 'replica');
  const at = (port: number) => ['-h', '127.0.0.1', '-p', `${port}`, '-U', 'postgres'];
  makeServer(primary);
  startServer(primary, primaryPort);
  run('pg_basebackup', '-D', replica, ...at(primaryPort), '-R', '-c', 'fast');
  startServer(replica, replicaPort);
  const onReplica = (sql: string) => run('psql', ...at(replicaPort), '-c', sql);
  return {
    primaryUrl: urlOf(primaryPort),
    replicaUrl: urlOf(replicaPort),
    pause: () => onReplica('SELECT pg_wal_replay_pause()'),
    resume: () => onReplica('SELECT pg_wal_replay_resume()'),
    stopReplica: () => stopServer(replica),
    startReplica: () => startServer(replica, replicaPort),
    freezeReplica: () => signalAll(replica, 'STOP'),
    thawReplica: () => signalAll(replica, 'CONT'),
    remove: () => {
      for (const data of [replica, primary]) if (existsSync(`${data}/postmaster.pid`)) stopServer(data);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
