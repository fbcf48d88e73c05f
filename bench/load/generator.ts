import { once } from 'node:events';
import { startNode } from '../processes.ts';
import type { Job, Load } from './job.ts';

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
