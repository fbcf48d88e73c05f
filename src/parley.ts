// parley COMMAND …: what the package's program runs. `parley serve` is src/main.ts, each other command a file in src/cli.

import { COMMANDS, type CommandName, isCommand, isStartedByNpx, usageOf } from './cli/commands.ts';
import { version } from './package-root.ts';
import { messageForOperator } from './start-error.ts';

const LOAD: Readonly<Record<CommandName, () => Promise<unknown>>> = {
  serve: () => import('./main.ts'),
  import: () => import('./cli/import.ts'),
  export: () => import('./cli/export.ts'),
  doctor: () => import('./cli/doctor.ts'),
  backup: () => import('./cli/backup.ts'),
  restore: () => import('./cli/restore.ts'),
  move: () => import('./cli/move.ts'),
  search: () => import('./cli/search.ts'),
  mcp: () => import('./cli/mcp.ts'),
  'api-key': () => import('./cli/api-key.ts'),
};

const [name, ...args] = process.argv.slice(2);

if (isStartedByNpx()) stopWithParent();

if (name === '--version' || name === '-v') {
  process.stdout.write(`${version}\n`);
} else if (name === '--help' || name === '-h' || name === 'help') {
  process.stdout.write(help());
} else if (!isCommand(name)) {
  refuse(
    name === undefined ? `COMMAND is missing.\n\n${help()}` : `Unknown command ${name}: see parley --help\n`,
  );
} else if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(`Usage: ${usageOf(name)}\n${COMMANDS[name].purpose}\n`);
} else if (name === 'serve') {
  if (args.length > 0) refuse('parley serve takes no arguments: settings are environment variables.\n');
  else await load('serve'); // its workers are started with the same arguments
} else {
  process.argv.splice(2, 1); // commands read the arguments after their name
  await load(name);
}

/** npx runs the program in a shell that does not pass signals on: SIGTERM to npx ends the shell alone. */
function stopWithParent(): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}

async function load(command: CommandName): Promise<void> {
  try {
    await LOAD[command]();
  } catch (error) {
    const message = messageForOperator(error); // a driver that does not load
    if (message === null) throw error;
    refuse(`${message}\n`);
  }
}

function help(): string {
  const lines = Object.entries(COMMANDS).map(([command, { args, purpose }]) =>
    `  parley ${command} ${args}`.trimEnd().concat(`\n      ${purpose}`),
  );
  return `Parley ${version}, a headless discussion forum.\n\n${lines.join('\n')}\n  parley --help | --version\n`;
}

function refuse(message: string): void {
  process.stderr.write(message);
  process.exitCode = 1;
}
