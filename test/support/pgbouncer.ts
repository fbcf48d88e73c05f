import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { postgresUrl } from './postgres.ts';

export const hasPgBouncer: boolean = (() => {
  try {
    execFileSync('pgbouncer', ['--version'], { stdio: 'ignore' });
    return postgresUrl() !== null;
  } catch {
    return false;
  }
})();

if (!hasPgBouncer && process.env['CI']) {
  throw new Error('pgbouncer must be installed: in CI a skipped suite is a failure.');
}

/** Starts PgBouncer in transaction mode in front of the test server, with two connections for everybody. */
export async function startPgBouncer(database: string): Promise<{ url: string; stop(): void }> {
  const server = new URL(postgresUrl() ?? '');
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-bouncer-'));
  chmodSync(folder, 0o755);
  const user = decodeURIComponent(server.username) || 'postgres';
  writeFileSync(path.join(folder, 'users.txt'), `"${user}" "${decodeURIComponent(server.password)}"\n`);
  const settings = [
    '[databases]',
    `* = host=${server.hostname} port=${server.port || 5432}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = trust',
    `auth_file = ${folder}/users.txt`,
    'pool_mode = transaction',
    'default_pool_size = 2',
    'ignore_startup_parameters = extra_float_digits',
  ];
  writeFileSync(path.join(folder, 'pgbouncer.ini'), `${settings.join('\n')}\n`);
  // it refuses to run as root
  const asUser = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
  const running = spawn('pgbouncer', ['-q', ...asUser, path.join(folder, 'pgbouncer.ini')], {
    stdio: 'ignore',
  });
  const url = `postgresql://${user}@127.0.0.1:${port}/${database}`;
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    url: `${url}?pgbouncer=true`,
    stop: () => {
      running.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
