import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { StartError } from '../../start-error.ts';

const BEAT_MS = 1000;
/** A main thread that is silent for longer will hardly come back: an operation may take a tenth of that. */
const SILENT_MS_MAX = 60_000;

/**
 * The thread's program. It is a text because a thread needs a file of its own otherwise, in the bundle and in tests. The
 * shared cell counts the beats of the main thread.
 */
const PROGRAM = `
const { createServer } = require('node:http');
const { parentPort, workerData: { cell, host, port, silentMsMax } } = require('node:worker_threads');
let beat = 0;
let beatAt = performance.now();
setInterval(() => {
  const latest = Atomics.load(cell, 0);
  if (latest !== beat) beatAt = performance.now();
  beat = latest;
}, 250);
const server = createServer((request, response) => {
  const isKnown = request.url === '/health/live';
  const silentMs = performance.now() - beatAt;
  const isLive = silentMs < silentMsMax;
  response.writeHead(isKnown ? (isLive ? 200 : 503) : 404, {
    'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store',
  });
  const status = isLive ? 'live' : 'stalled';
  response.end(isKnown ? JSON.stringify({ status, silentMs: Math.round(silentMs) }) : '');
});
server.on('error', (error) => parentPort.postMessage(error.code));
server.listen({ host, port, exclusive: true }, () => parentPort.postMessage(null));
`;

/**
 * Answers `/health/live` on a port and a thread of its own, so that it is answered while the main thread is busy. It
 * answers 503 if the main thread has been silent for a minute. Throws StartError if the port is not available.
 */
export async function startHealthThread(host: string, port: number): Promise<() => Promise<unknown>> {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { cell, host, port, silentMsMax: SILENT_MS_MAX };
  const worker = new Worker(PROGRAM, { eval: true, workerData });
  const beating = setInterval(() => Atomics.add(cell, 0, 1), BEAT_MS).unref();
  const [failure] = await once(worker, 'message');
  const stop = () => {
    clearInterval(beating);
    return worker.terminate();
  };
  if (failure === null) {
    worker.unref();
    return stop;
  }
  await stop();
  throw new StartError(`HEALTH_PORT is ${port}, which cannot be listened on (${failure}).`);
}
