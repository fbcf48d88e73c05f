import { once } from 'node:events';
import { startNode } from '../processes.ts';
import type { Job, Load } from './job.ts';

/** A load generator in a process of its own, kept for all measurements so that it is warm in each. */
export interface LoadGenerator {
  /** Sends the job's requests. Throws where any of them fails. */
  run(job: Job): Promise<Load>;
  stop(): void;
}

export function startLoadGenerator(): LoadGenerator {
  const child = startNode(['--import', 'tsx', 'bench/load/main.ts'], 1);
  return {
    run: async (job) => {
      child.send(job);
      const [answer] = (await once(child, 'message')) as [Load | { readonly error: string }];
      if ('error' in answer) throw new Error(`The load generator failed: ${answer.error}`);
      if (answer.failures > 0) throw new Error(`${answer.failures} requests to ${job.url} failed.`);
      return answer;
    },
    stop: () => child.disconnect(),
  };
}
