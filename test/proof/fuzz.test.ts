// Operations made from the schema, most of them nearly valid, against the bundled server in a process of its own.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSchema } from '../../src/api/schema.ts';
import { engines, openTestDatabase, type TestDatabase, temporaryFolder } from '../support/database.ts';
import { type Fixture, fill, sentAs } from './fuzz/fixture.ts';
import { type FuzzRequest, requestOf } from './fuzz/requests.ts';
import { startWatched, type WatchedServer } from './fuzz/watched-server.ts';

const OPERATIONS = Number(process.env['FUZZ_OPERATIONS'] ?? 10_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const LANES = 4;
/** Small, so that many answers reach it. */
const ANSWER_BYTES_MAX = 1_000_000;
/** On a quiet machine it is below 250 ms. Machines of a CI are not quiet. */
const HEALTH_MS_MAX = 2000;
const HEALTH_EVERY_MS = 50;
/** The caches of documents, plans, answers and differences may fill: 32, 8 and 16 MB by estimate. */
const HEAP_GROWTH_MB_MAX = 120;
const REST_MS = 120_000;
const FAULTS_MAX = 20;
/** The setting's default. */
const BODY_BYTES_MAX = 262_144;

/** What is wrong with an answer. Null if nothing is. */
async function faultOf(response: Response): Promise<string | null> {
  const text = await response.text();
  const { status } = response;
  const bytes = Buffer.byteLength(text);
  if (bytes > ANSWER_BYTES_MAX) return `${bytes} bytes`;
  if (status >= 500 && status !== 503) return `status ${status}: ${text.slice(0, 500)}`;
  if (text === '' || !/json/.test(response.headers.get('content-type') ?? ''))
    return status < 400 && status !== 304 ? `status ${status} without JSON: ${text.slice(0, 500)}` : null;
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: unknown } }[] };
  for (const error of errors) {
    const code = error.extensions?.code;
    if (typeof code !== 'string' || code === 'INTERNAL_SERVER_ERROR')
      return `status ${status}: ${JSON.stringify(error).slice(0, 500)}`;
  }
  return null;
}

const wasReset = (error: Error) => (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNRESET';

function printed(seed: number, request: FuzzRequest, fault: string): string {
  const { body, path, ...rest } = request;
  return `FUZZ_SEED=${seed}: ${fault}\n${JSON.stringify({ ...rest, path: path.slice(0, 3000), body: body?.slice(0, 3000) })}`;
}

describe.each(engines)('on %s', (engine) => {
  const count = engine === 'sqlite' ? OPERATIONS : Math.ceil(OPERATIONS / 10);
  const folder = temporaryFolder();
  let database: TestDatabase;
  let server: WatchedServer;
  let fixture: Fixture;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    server = await startWatched(database.url, folder.path, {
      ...{ ANSWER_BYTES_MAX: String(ANSWER_BYTES_MAX), ANSWER_CACHE_MEGABYTES: '8' },
    });
    fixture = await fill(database.db, server.url);
  }, 240_000);
  afterAll(async () => {
    await server.stop();
    await database.close();
    folder.remove();
  });

  /** Asks for the health until `stop` is called, which returns the times in milliseconds. */
  function watchHealth(): { stop(): Promise<number[]> } {
    const times: number[] = [];
    let isOn = true;
    const watching = (async () => {
      while (isOn) {
        const from = performance.now();
        const isLive = await fetch(`${server.url}/health/live`).then(
          (r) => r.ok,
          () => false,
        );
        times.push(isLive ? performance.now() - from : Infinity);
        await sleep(HEALTH_EVERY_MS);
      }
    })();
    return {
      stop: async () => {
        isOn = false;
        await watching;
        return times.sort((a, b) => a - b);
      },
    };
  }

  test(
    `${count} operations from the schema are answered within all limits, and leave the server as it was`,
    async () => {
      const material = { schema: buildSchema(), known: fixture.known };
      const faults: string[] = [];
      const statuses = new Map<number, number>();
      let slowest = { seed: 0, ms: 0 };
      let next = 0;
      const lane = async (until: number) => {
        while (next < until && faults.length < FAULTS_MAX) {
          const seed = SEED + next++;
          const request = requestOf(material, seed);
          try {
            const from = performance.now();
            const send = () => fetch(`${server.url}${request.path}`, sentAs(fixture, request));
            // an open connection may be closed just when it is used again: a fault would close the next one too
            const response = await send().catch((error) =>
              wasReset(error) ? send() : Promise.reject(error),
            );
            const ms = Math.round(performance.now() - from);
            if (ms > slowest.ms) slowest = { seed, ms };
            statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
            const fault = await faultOf(response);
            if (fault !== null) faults.push(printed(seed, request, fault));
          } catch (error) {
            // refused before it has arrived, its connection is closed
            if (Buffer.byteLength(request.body ?? '') > BODY_BYTES_MAX && server.ended() === null) continue;
            const reason = `${error} ${(error as Error).cause ?? ''} ${server.ended() ?? ''}`;
            faults.push(printed(seed, request, reason));
          }
        }
      };
      const run = (until: number) => Promise.all(Array.from({ length: LANES }, () => lane(until)));

      const health = watchHealth();
      await run(Math.ceil(count / 10));
      const before = await server.memory();
      const from = performance.now();
      await run(count);
      const seconds = (performance.now() - from) / 1000;
      const times = await health.stop();
      const isLong = process.env['FUZZ_OPERATIONS'] !== undefined;
      if (isLong) await sleep(REST_MS);
      const after = await server.memory();
      const [median, worst] = [times[times.length >> 1] ?? 0, times.at(-1) ?? 0];
      console.log(
        [
          `${engine}, FUZZ_SEED=${SEED}: ${count} operations, ${Math.round((0.9 * count) / seconds)} a second`,
          `health ${median.toFixed(1)} ms, p99 ${times[Math.floor(0.99 * times.length)]?.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`,
          `heap ${before.heapUsed.toFixed(0)} to ${after.heapUsed.toFixed(0)} MB, rss ${before.rss.toFixed(0)} to ${after.rss.toFixed(0)} MB, peak ${after.peak.toFixed(0)} MB`,
          `slowest operation ${slowest.ms} ms, of seed ${slowest.seed}`,
          `statuses ${JSON.stringify(Object.fromEntries(statuses))}`,
        ].join('\n'),
      );
      expect(faults.join('\n\n')).toBe('');
      expect(worst).toBeLessThan(HEALTH_MS_MAX);
      expect(after.heapUsed - before.heapUsed).toBeLessThan(HEAP_GROWTH_MB_MAX);
      if (isLong) expect(after.rss - before.rss).toBeLessThan(2 * HEAP_GROWTH_MB_MAX);
    },
    120_000 + 60 * OPERATIONS + REST_MS,
  );
});
