import { readdirSync, readFileSync } from 'node:fs';
import { cpuSecondsOf } from '../processes.ts';

/** What V8 calls the thread that takes the samples: it is no part of what a program costs. */
const PROFILER = 'v8:ProfEvntProc';

/** The processor time of a process, in seconds. */
export interface ThreadTimes {
  /** Of the thread that runs JavaScript. */
  readonly main: number;
  /** Of all others: V8's compiler, part of its garbage collection, Node's pool for files. */
  readonly others: number;
}

/** What a process has used so far; null where the system does not say. */
export function threadTimes(pid: number): ThreadTimes | null {
  try {
    const times = { main: 0, others: 0 };
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const folder = `/proc/${pid}/task/${thread}`;
      if (readFileSync(`${folder}/comm`, 'utf8').trim() === PROFILER) continue;
      times[thread === String(pid) ? 'main' : 'others'] += cpuSecondsOf(
        readFileSync(`${folder}/stat`, 'utf8'),
      );
    }
    return times;
  } catch {
    return null;
  }
}
