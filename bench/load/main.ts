import autocannon, { type Client } from 'autocannon';
import type { Job, Load, Request } from './job.ts';

// autocannon's own latencies are whole milliseconds, too coarse for one connection: the answers are timed here
process.on('message', (job: Job) => {
  run(job).then(
    (load) => process.send?.(load),
    (error: Error) => process.send?.({ error: error.message }),
  );
});

function run(job: Job): Promise<Load> {
  const latencies: number[] = [];
  let answered = 0;
  let bytes = 0;
  let from = Number.POSITIVE_INFINITY;
  let until = Number.POSITIVE_INFINITY;
  let busyBefore: NodeJS.CpuUsage | null = null;
  let busy = 0;
  const parts = inParts(job.requests, job.connections);
  return new Promise((resolve, reject) => {
    const options = {
      url: job.url,
      connections: job.connections,
      duration: job.warmUpSeconds + job.seconds,
      sampleInt: 50,
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
      if (latencies.length % 64 === 0) busy = spent(busyBefore);
      latencies.push(ms);
      bytes += size;
    });
  });
}

function spent(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}

/** Each connection starts at another place, or all of them would ask for the same page at the same time. */
function* inParts(requests: readonly Request[], parts: number): Generator<object[], undefined> {
  const step = requests.length / parts;
  const size = Math.max(1, Math.floor(step));
  for (let part = 0; part < parts; part++) {
    const from = Math.floor(part * step) % requests.length;
    yield [...requests.slice(from), ...requests.slice(0, from)].slice(0, size).map(sent);
  }
  return undefined;
}

function sent({ body, token }: Request): object {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return {
    method: 'POST',
    headers: token ? { ...headers, authorization: `Bearer ${token}` } : headers,
    body,
  };
}
