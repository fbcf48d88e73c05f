import autocannon, { type Client } from 'autocannon';

export interface Request {
  readonly body: string;
  /** The API key to send. If omitted, none. */
  readonly token?: string | undefined;
}

/** What is sent. */
export interface Job {
  readonly url: string;
  /** Each connection sends its own part of them over and over. */
  readonly requests: readonly Request[];
  readonly connections: number;
  readonly seconds: number;
}

type Load = Readonly<Record<'answered' | 'requestsPerSecond' | 'p50' | 'p99' | 'bytes' | 'loadCpu', number>>;

/**
 * Sends the job's requests and returns what it saw: latencies in milliseconds, the mean size of an answer with its
 * headers, and the share of the time in which the load itself was busy: near 1, it is the load that is measured. Throws
 * if a request fails.
 */
export async function run({ url, requests, connections, seconds }: Job) {
  // autocannon's own latencies are whole milliseconds, too coarse for one connection
  const latencies: number[] = [];
  let bytes = 0;
  // each connection starts at another place, or all of them would ask for the same page at the same time
  const part = Math.max(1, Math.floor(requests.length / connections));
  let from = 0;
  const before = process.cpuUsage();
  return new Promise<Load>((resolve, reject) => {
    const options = {
      ...{ url, connections, sampleInt: 50, duration: seconds },
      setupClient: (client: Client) => {
        client.setRequests(requests.slice(from, from + part).map(sent));
        from = (from + part) % requests.length;
      },
    };
    const instance = autocannon(options, (error, result) => {
      if (error) return reject(error);
      const failures = result.errors + result.timeouts + result.non2xx;
      if (failures > 0) return reject(new Error(`${failures} requests to ${url} failed.`));
      const { user, system } = process.cpuUsage(before);
      const answered = latencies.length;
      latencies.sort((a, b) => a - b);
      const upTo = (share: number) => latencies[Math.floor(answered * share)] ?? 0;
      resolve({
        ...{ answered, requestsPerSecond: answered / result.duration, p50: upTo(0.5), p99: upTo(0.99) },
        ...{ bytes: bytes / answered, loadCpu: (user + system) / (result.duration * 1e6) },
      });
    });
    instance.on('response', (_client, _status, size, ms) => {
      latencies.push(ms);
      bytes += size;
    });
  });
}

function sent({ body, token }: Request) {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const authorization = token && { authorization: `Bearer ${token}` };
  return { method: 'POST' as const, headers: { ...headers, ...authorization }, body };
}

/** Sends one request, and returns the text of its answer. */
export const ask = async (url: string, request: Request): Promise<string> =>
  (await fetch(url, sent(request))).text();
