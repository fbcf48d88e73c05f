import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { createLog } from '../log.ts';
import { StartError } from '../start-error.ts';
import { type App, prepareDatabase } from './app.ts';
import { localUrl } from './settings/setting-forms.ts';
import type { Settings } from './settings/settings.ts';

/** The delay before a dead worker is replaced. It doubles with each death, until a worker has served for SOUND_MS. */
const REPLACE_MS = 1000;
const REPLACE_MS_MAX = 30_000;
const SOUND_MS = 60_000;

/** After DRAIN_SECONDS and SHUTDOWN_SECONDS a worker has this long before it is killed: a little less than this process has. */
const KILL_MS = 900;

/**
 * Serves with several processes that share a port: reads use as many cores as there are workers, writes still run one
 * at a time. This process prepares the database, replaces dead workers and stops them. Throws StartError if one of the
 * first workers cannot start.
 */
export async function startWorkers(settings: Settings): Promise<App> {
  const log = createLog(settings.logLevel);
  await prepareDatabase(settings);
  let isStopping = false;
  let waitMs = REPLACE_MS;
  const workers = new Set<Worker>();
  const started: Promise<number>[] = [];

  // a port of its own for each, because a scrape must always reach the same one
  const ownPorts = (index: number) =>
    Object.fromEntries(
      Object.entries({ METRICS_PORT: settings.metricsPort, HEALTH_PORT: settings.healthPort }).flatMap(
        ([name, first]) => (first === null ? [] : [[name, String(first + index)]]),
      ),
    );
  const startOne = (index: number): Promise<number> => {
    const worker = cluster.fork(ownPorts(index));
    const startedAt = performance.now();
    workers.add(worker);
    const port = once(worker, 'listening').then(([address]) => (address as { port: number }).port);
    worker.once('exit', (code, signal) => {
      workers.delete(worker);
      if (isStopping) return;
      waitMs = performance.now() - startedAt > SOUND_MS ? REPLACE_MS : Math.min(2 * waitMs, REPLACE_MS_MAX);
      log.error({ code, signal, waitMs }, 'a worker died and will be replaced');
      setTimeout(() => !isStopping && startOne(index), waitMs);
    });
    return port;
  };

  for (let i = 0; i < settings.workers; i++) started.push(startOne(i));
  const died = once(cluster, 'exit').then(() => Promise.reject(new StartError('A worker could not start.')));
  const close = async () => {
    isStopping = true;
    log.info({ workers: workers.size }, 'the workers are stopping');
    const ends = [...workers].map((worker) => once(worker, 'exit'));
    for (const worker of workers) worker.process.kill('SIGTERM');
    const late = setTimeout(
      () => {
        for (const worker of workers) worker.process.kill('SIGKILL');
      },
      settings.drainMs + settings.shutdownMs + KILL_MS,
    );
    await Promise.all(ends);
    clearTimeout(late);
  };
  try {
    const [port = settings.port] = await Promise.race([Promise.all(started), died]);
    died.catch(() => {}); // later, dead workers are replaced
    return { url: localUrl(settings.host, port), close };
  } catch (error) {
    await close();
    throw error;
  }
}
