import autocannon, { type Client } from 'autocannon';
import type { Job, Load, Request } from './generator.ts';

process.on('message', (job: Job) => {
  run(job).then(
    (load) => process.send?.(load),
    (error: Error) => process.send?.({ error: error.message }),
  );
});

function run(job: Job): Promise<Load> {
  // autocannon's own latencies are whole milliseconds, too coarse for one connection: the answers are timed here
  const latencies: number[] = [];
  let [answered, bytes, busy] = [0, 0, 0];
  let [from, until] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let busyBefore: NodeJS.CpuUsage | null = null;
  const parts = inParts(job.requests, job.connections);
  return new Promise((resolve, reject) => {
    const options = {
      ...{ url: job.url, connections: job.connections, sampleInt: 50 },
      duration: job.warmUpSeconds + job.seconds,
      setupClient: (client: Client) => client.setRequests(parts.next().value ?? []),
    };
    const instance = autocannon(options, (error, result) => {
      if (error) return reject(error);
      latencies.sort((a, b) => a - b);
      resolve({
        answered,
        requestsPerSecond: latencies.length / job.seconds,
        p50: latencies[Math.floor(latencies.length * 0.5)] ?? 0,
        p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
        bytes: bytes / latencies.length,
        failures: result.errors + result.timeouts + result.non2xx,
        loadCpu: busy / (job.seconds * 1e6),
      });
    });
    instance.on('start', () => {
      from = performance.now() + job.warmUpSeconds * 1000;
      until = from + job.seconds * 1000;
    });
    instance.on('response', (_client, _status, size, ms) => {
      answered++;
      const now = performance.now();
      if (now < from || now >= until) return;
      busyBefore ??= process.cpuUsage();
      if (latencies.length % 64 === 0) {
        const { user, system } = process.cpuUsage(busyBefore);
        busy = user + system;
      }
      latencies.push(ms);
      bytes += size;
    });
  });
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
