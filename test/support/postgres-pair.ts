import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.ts';

/** Where the server's own programs are; null: there are none here. */
export const serverPrograms: string | null = (() => {
  const debian = '/usr/lib/postgresql';
  const folders = existsSync(debian) ? readdirSync(debian).map((version) => `${debian}/${version}/bin`) : [];
  return folders.reverse().find((folder) => existsSync(`${folder}/initdb`)) ?? null;
})();

if (serverPrograms === null && process.env['CI']) {
  throw new Error(
    'PostgreSQL with initdb and pg_basebackup must be installed: in CI a skipped suite is a failure.',
  );
}

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
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-pair-'));
  if (isRoot) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    chownSync(folder, id('-u'), id('-g'));
  }
  chmodSync(folder, 0o700);
  const [primaryPort, replicaPort] = [await freePort(), await freePort()];
  const primary = path.join(folder, 'primary');
  const replica = path.join(folder, 'replica');
  run('initdb', '-D', primary, '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8');
  start(primary, primaryPort, folder);
  run(
    'pg_basebackup',
    '-D',
    replica,
    '-h',
    '127.0.0.1',
    '-p',
    `${primaryPort}`,
    '-U',
    'postgres',
    '-R',
    '-c',
    'fast',
  );
  start(replica, replicaPort, folder);
  const urlOf = (port: number) => `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const onReplica = (sql: string) =>
    run('psql', '-h', '127.0.0.1', '-p', `${replicaPort}`, '-U', 'postgres', '-c', sql);
  return {
    primaryUrl: urlOf(primaryPort),
    replicaUrl: urlOf(replicaPort),
    pause: () => onReplica('SELECT pg_wal_replay_pause()'),
    resume: () => onReplica('SELECT pg_wal_replay_resume()'),
    stopReplica: () => stop(replica),
    startReplica: () => start(replica, replicaPort, folder),
    freezeReplica: () => signalAll(replica, 'STOP'),
    thawReplica: () => signalAll(replica, 'CONT'),
    remove: () => {
      for (const data of [replica, primary]) if (existsSync(`${data}/postmaster.pid`)) stop(data);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const isRoot = process.getuid?.() === 0;

function run(program: string, ...args: string[]): void {
  const command = [`${serverPrograms}/${program}`, ...args];
  const [file = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
  execFileSync(file, rest, { cwd: tmpdir(), stdio: ['ignore', 'ignore', 'pipe'] });
}

function start(data: string, port: number, socketFolder: string): void {
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${socketFolder} -c fsync=off`;
  run('pg_ctl', '-D', data, '-o', options, '-l', `${data}.log`, '-w', 'start');
}

function stop(data: string): void {
  run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
}

/** To the server's process and all that it has started. */
function signalAll(data: string, signal: 'STOP' | 'CONT'): void {
  const [pid = ''] = readFileSync(`${data}/postmaster.pid`, 'utf8').split('\n');
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  for (const one of [pid, ...children]) {
    try {
      process.kill(Number(one), `SIG${signal}`);
    } catch (error) {
      // one whose connection was given up ends as soon as it may go on
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
