import type { Client } from 'autocannon';

export interface Request {
  readonly body: string;
  /** The API key to send; absent: none. */
  readonly token?: string | undefined;
}

/** What is sent. */
export interface Job {
  readonly url: string;
  /** Each connection sends its own part of them over and over. */
  readonly requests: readonly Request[];
  readonly connections: number;
  /** The time that counts. */
  readonly seconds: number;
}

/** What was seen. */
export interface Load {
  /** All answers, those before the time that counts included. */
  readonly answered: number;
  readonly requestsPerSecond: number;
  /** Latencies in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The mean size of an answer with its headers. */
  readonly bytes: number;
  /** The share of the time in which the load itself was busy: near 1, it is the load that is measured. */
  readonly loadCpu: number;
}

const WARM_UP_SECONDS_MAX = 1;
/** A warm-up goes on piece by piece. */
const WARM_UP_PIECES = 10;

/** Sends the job's requests. Throws if any of them fails. */
export async function run({ url, requests, connections, seconds }: Job): Promise<Load> {
  // loaded late: main.ts installs it
  const { default: autocannon } = await import('autocannon');
  const warmUpSeconds = Math.min(WARM_UP_SECONDS_MAX, seconds / 3);
  // autocannon's own latencies are whole milliseconds, too coarse for one connection: the answers are timed here
  const latencies: number[] = [];
  let [answered, bytes, from] = [0, 0, Number.POSITIVE_INFINITY];
  const parts = inParts(requests, connections);
  const before = process.cpuUsage();
  return new Promise((resolve, reject) => {
    const options = {
      ...{ url, connections, sampleInt: 50, duration: warmUpSeconds + seconds },
      setupClient: (client: Client) => client.setRequests(parts.next().value ?? []),
    };
    const instance = autocannon(options, (error, result) => {
      if (error) return reject(error);
      const failures = result.errors + result.timeouts + result.non2xx;
      if (failures > 0) return reject(new Error(`${failures} requests to ${url} failed.`));
      const { user, system } = process.cpuUsage(before);
      latencies.sort((a, b) => a - b);
      resolve({
        answered,
        requestsPerSecond: latencies.length / seconds,
        p50: latencies[Math.floor(latencies.length * 0.5)] ?? 0,
        p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
        bytes: bytes / latencies.length,
        loadCpu: (user + system) / (options.duration * 1e6),
      });
    });
    instance.on('start', () => {
      from = performance.now() + warmUpSeconds * 1000;
    });
    instance.on('response', (_client, _status, size, ms) => {
      answered++;
      const now = performance.now();
      if (now < from || now >= from + seconds * 1000) return;
      latencies.push(ms);
      bytes += size;
    });
  });
}

/** Sends at least so many requests, whose figures are of no interest. */
export async function warmUp(job: Omit<Job, 'seconds'>, requests: number): Promise<void> {
  const size = Math.ceil(job.requests.length / WARM_UP_PIECES);
  for (let sent = 0, piece = 0; sent < requests; piece++) {
    // other ones in each piece: a vote that stands already is no write
    const from = (piece * size) % job.requests.length;
    const part = job.requests.slice(from, from + size);
    sent += (await run({ ...job, requests: part, seconds: 1 })).answered;
  }
}

/** Each connection starts at another place, or all of them would ask for the same page at the same time. */
function* inParts(requests: readonly Request[], parts: number): Generator<object[], undefined> {
  const step = requests.length / parts;
  const size = Math.max(1, Math.floor(step));
  for (let part = 0; part < parts; part++) {
    const from = Math.floor(part * step) % requests.length;
    yield [...requests.slice(from), ...requests.slice(0, from)].slice(0, size).map(sent);
  }
}

function sent({ body, token }: Request): object {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const authorization = token && { authorization: `Bearer ${token}` };
  return { method: 'POST', headers: { ...headers, ...authorization }, body };
}
