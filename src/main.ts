import { readConfig } from './app/config.ts';
import { StartError } from './kit/errors.ts';

try {
  const config = readConfig();
  const { createApp } = await import('./app/app.ts');
  const app = await createApp(config);
  if (process.stdout.isTTY) {
    process.stdout.write(`\n  Parley is ready: ${app.url}/  (stop it with Ctrl-C)\n\n`);
  }
  stopOnSignal(app.close);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** The first signal lets what is running finish, within SHUTDOWN_SECONDS; the second one does not wait. */
function stopOnSignal(close: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      // Not left to an empty event loop: a library that keeps a timer would keep the process.
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`The stop was not clean: ${error}\n`);
          process.exit(1);
        },
      );
    });
  }
}
