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

/** `title` as a suite's title: it says where the suite is skipped, and why. */
export const clusterTitle = (title: string): string =>
  serverPrograms === null ? `${title} (skipped: there is no initdb on this machine)` : title;

const isRoot = process.getuid?.() === 0;

/** Runs one of the server's programs, as the user `postgres` where the tests run as root. */
export function run(program: string, ...args: string[]): void {
  const command = [`${serverPrograms}/${program}`, ...args];
  const [file = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
  execFileSync(file, rest, { cwd: tmpdir(), stdio: ['ignore', 'ignore', 'pipe'] });
}

/** A new folder that the server's user may write to. */
export function clusterFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-cluster-'));
  if (isRoot) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    chownSync(folder, id('-u'), id('-g'));
  }
  chmodSync(folder, 0o700);
  return folder;
}

export function makeServer(data: string): void {
  run('initdb', '-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8');
}

export function startServer(data: string, port: number, settings: readonly string[] = []): void {
  const fixed = ['listen_addresses=127.0.0.1', `unix_socket_directories=${path.dirname(data)}`, 'fsync=off'];
  const options = [`-p ${port}`, ...[...fixed, ...settings].map((setting) => `-c ${setting}`)].join(' ');
  run('pg_ctl', '-D', data, '-o', options, '-l', `${data}.log`, '-w', 'start');
}

/** Ends it as a crash would. */
export function stopServer(data: string): void {
  run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
}

/** To the server's process and all that it has started. */
export function signalAll(data: string, signal: 'STOP' | 'CONT'): void {
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

export const urlOf = (port: number) => `postgresql://postgres@127.0.0.1:${port}/postgres`;

/** A server of this test alone, which can fail. */
export interface Cluster {
  readonly port: number;
  readonly url: string;
  start(): void;
  /** Ends it as a crash would. */
  stop(): void;
  /** Its connections stay and nothing answers on them or on new ones, until it is thawed. */
  freeze(): void;
  thaw(): void;
  remove(): void;
}

export async function startCluster(settings: readonly string[] = []): Promise<Cluster> {
  const folder = clusterFolder();
  const data = path.join(folder, 'data');
  const port = await freePort();
  makeServer(data);
  startServer(data, port, settings);
  return {
    port,
    url: urlOf(port),
    start: () => startServer(data, port, settings),
    stop: () => stopServer(data),
    freeze: () => signalAll(data, 'STOP'),
    thaw: () => signalAll(data, 'CONT'),
    remove: () => {
      if (existsSync(`${data}/postmaster.pid`)) {
        signalAll(data, 'CONT');
        stopServer(data);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
