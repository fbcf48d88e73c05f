import cluster from 'node:cluster';
import type { App } from './server/app.ts';
import { readSettings, type Settings } from './server/settings/settings.ts';
import { messageForOperator } from './start-error.ts';

try {
  const settings = readSettings();
  const starting = start(settings);
  stopOnSignal(settings, async () => (await starting).close());
  const app = await starting;
  if (process.stdout.isTTY && cluster.isPrimary) {
    process.stdout.write(`\n  Parley is ready: ${app.url}/  (stop it with Ctrl-C)\n\n`);
  }
} catch (error) {
  const message = messageForOperator(error);
  if (message === null) throw error;
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
  cluster.worker?.disconnect(); // its channel to the primary process would keep it alive
}

async function start(settings: Settings): Promise<App> {
  if (settings.workers > 1 && cluster.isPrimary) {
    const { startWorkers } = await import('./server/workers.ts');
    return startWorkers(settings);
  }
  const { createApp, prepareDatabase } = await import('./server/app.ts');
  if (cluster.isPrimary) await prepareDatabase(settings);
  return createApp(settings);
}

/** After DRAIN_SECONDS and SHUTDOWN_SECONDS, and this long for connections to close, the process ends. */
const END_MS = 950;
/** How long after a Ctrl-C another one is the same: the terminal sends it, and npm too. */
const SAME_CTRL_C_MS = 1_000;

/**
 * The first signal lets the start and the running requests finish, within SHUTDOWN_SECONDS. A second one ends the
 * process at once. A terminal signals worker processes too, but only the primary process stops them.
 */
function stopOnSignal({ drainMs, shutdownMs }: Settings, close: () => Promise<void>): void {
  let stoppingSinceMs = Number.NaN;
  const stop = (signal: NodeJS.Signals) => {
    if (signal === 'SIGINT' && performance.now() - stoppingSinceMs < SAME_CTRL_C_MS) return;
    if (!Number.isNaN(stoppingSinceMs)) process.exit(1);
    stoppingSinceMs = performance.now();
    setTimeout(
      () => {
        process.stderr.write('The stop was not clean: something did not end in time.\n');
        process.exit(1);
      },
      drainMs + shutdownMs + END_MS,
    ).unref();
    // an explicit exit, because a library's timer could keep the process alive
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The stop was not clean: ${error}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  for (const signal of ['SIGINT', 'SIGHUP'] as const) {
    process.on(signal, cluster.isPrimary ? stop : () => undefined);
  }
}
