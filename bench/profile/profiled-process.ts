// Loaded before a program that is profiled: V8's sampling profiler, which whoever started the process turns on and off.
import { type Profiler, Session } from 'node:inspector';

/** Two thousand samples a second: at twice as many, taking them is a tenth of the work of a page. */
const MICROSECONDS_A_SAMPLE = 500;
const NAME = 'measured';

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: MICROSECONDS_A_SAMPLE });
session.on('Profiler.consoleProfileFinished', ({ params }: Finished) => process.send?.(params.profile));

interface Finished {
  readonly params: Profiler.ConsoleProfileFinishedEventDataType;
}

const orders: Readonly<Record<string, () => void>> = {
  // Stays on. What is compiled while no profiler is on is taken up by the next one, but not always with the functions
  // that have been compiled into it: their time then counts as that of the outermost.
  'profile: warm up': () => session.post('Profiler.start', () => process.send?.('on')),
  // A second one in the same profiler, which needs not take up anything: `Profiler.start` allows one alone.
  'profile: begin': () => {
    console.profile(NAME);
    process.send?.('begun');
  },
  'profile: end': () => console.profileEnd(NAME),
};
process.on('message', (order) => orders[String(order)]?.());
