// Runs one of the operator's commands up to a step of its copying, says so, and stands still until it is told to stop.
import { runCommand } from '../../src/cli/run-command.ts';
import { backUp, restore } from '../../src/operations/index.ts';

const [command, databaseUrl = '', file, steps] = process.argv.slice(2);
// something has to keep the process
const timer = setInterval(() => undefined, 1000);

await runCommand('Stopped.', async (signal) => {
  let stepsLeft = Number(steps);
  const onStep = async () => {
    stepsLeft -= 1;
    if (stepsLeft !== 0) return;
    process.stdout.write('"half way"\n');
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  };
  const input = { databaseUrl, file, signal, onStep, pagesPerStep: 1 };
  if (command === 'backup') await backUp(input);
  else await restore({ ...input, now: new Date('2026-11-24T00:00:00Z') });
  return 'done';
});
clearInterval(timer);
