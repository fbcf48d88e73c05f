import { once } from 'node:events';
import { startNode } from '../processes.ts';

export interface Request {
  readonly body: string;
  /** The API key to send; absent: none. */
  readonly token?: string;
}

/** What the load process is told to send. */
export interface Job {
  readonly url: string;
  /** Each connection sends its own part of them over and over. */
  readonly requests: readonly Request[];
  readonly connections: number;
  /** Sent but not counted. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** What it saw. */
export interface Load {
  /** All answers, those of the warm-up included. */
  readonly answered: number;
  readonly requestsPerSecond: number;
  /** Latencies in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The mean size of an answer with its headers. */
  readonly bytes: number;
  /** Answers other than 2xx, broken connections and timeouts, warm-up included: a figure counts only without them. */
  readonly failures: number;
  /** The share of the time in which the load process itself was busy: near 1, it is the load that is measured. */
  readonly loadCpu: number;
}

/** A warm-up goes on piece by piece; the time of one. */
const WARM_UP_SECONDS = 2;
const WARM_UP_PIECES = 10;

/** A load generator in a process of its own, kept for all measurements so that it is warm in each. */
export interface LoadGenerator {
  /** Sends the job's requests. Throws where any of them fails. */
  run(job: Job): Promise<Load>;
  /** Sends at least so many requests, whose figures are of no interest. */
  warmUp(job: Pick<Job, 'url' | 'requests' | 'connections'>, requests: number): Promise<void>;
  stop(): void;
}

export function startLoadGenerator(): LoadGenerator {
  const child = startNode(['--import', 'tsx', 'bench/load/main.ts'], 1);
  const run: LoadGenerator['run'] = async (job) => {
    child.send(job);
    const [answer] = (await once(child, 'message')) as [Load | { readonly error: string }];
    if ('error' in answer) throw new Error(`The load generator failed: ${answer.error}`);
    if (answer.failures > 0) throw new Error(`${answer.failures} requests to ${job.url} failed.`);
    return answer;
  };
  return {
    run,
    warmUp: async (job, requests) => {
      const size = Math.ceil(job.requests.length / WARM_UP_PIECES);
      for (let sent = 0, piece = 0; sent < requests; piece++) {
        // other ones in each piece: a vote that stands already is no write
        const from = (piece * size) % job.requests.length;
        const part = { ...job, requests: job.requests.slice(from, from + size) };
        sent += (await run({ ...part, seconds: WARM_UP_SECONDS, warmUpSeconds: 0 })).answered;
      }
    },
    stop: () => child.disconnect(),
  };
}
