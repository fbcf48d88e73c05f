import { createLog, type Log } from '../../src/log.ts';

/** Set while a test brings about faults on purpose: they are expected, and only then not printed. */
let faultsExpected = false;

/** Runs work whose faults are part of the test. Other faults print their cause, so that a failing test shows it. */
export async function expectingFaults<T>(work: () => Promise<T>): Promise<T> {
  faultsExpected = true;
  try {
    return await work();
  } finally {
    faultsExpected = false;
  }
}

/** A log of errors alone, to the test's own output. */
export const testLog: Log = createLog('error', {
  write: (line: string) => {
    if (!faultsExpected) process.stderr.write(line);
  },
});
