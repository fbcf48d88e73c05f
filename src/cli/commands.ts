/** The commands of the program `parley`. Each but `serve` is also an npm script of the project. */
export const COMMANDS = {
  serve: { args: '', purpose: 'Serves the forum. Settings are environment variables.' },
  import: {
    args: 'FILE… [--from KIND] [--site NAME] [--keep-roles] [--report FILE] [--as-of DATE] [--json]',
    purpose: 'Imports an export of a whole forum, or thread documents and folders of them.',
  },
  export: {
    args: '[FILE] [--as guest|member|moderator|admin]',
    purpose: 'Writes all that a role may see as JSON Lines, to FILE or stdout. Default: admin.',
  },
  doctor: {
    args: '[--fix] [--rendering] [--json]',
    purpose: 'Recounts every stored counter and reports differences.',
  },
  backup: { args: 'FILE [--force]', purpose: 'Copies the SQLite database to FILE while the server runs.' },
  restore: { args: 'FILE', purpose: 'Replaces the SQLite database by a backup. Stop the server first.' },
  move: {
    args: 'SQLITE_FILE POSTGRES_URL',
    purpose: 'Copies a forum from SQLite into an empty PostgreSQL database.',
  },
  search: {
    args: 'reindex [--json]',
    purpose: 'Makes the search index anew while the server runs. Goes on where it was interrupted.',
  },
  mcp: {
    args: '[URL]',
    purpose: 'Serves the forum at URL to an agent over stdin and stdout. PARLEY_TOKEN is the credential.',
  },
  'api-key': {
    args: 'create --name NAME --role MEMBER|MODERATOR|ADMIN',
    purpose: 'Creates an author with an API key, and prints the key.',
  },
} as const;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(COMMANDS, name);
}

/** Whether this process is one of the project's npm scripts, not the program `parley`, which npx may have started. */
export function isNpmScript(): boolean {
  return process.env['npm_package_name'] === 'parley' && isCommand(process.env['npm_lifecycle_event']);
}

export function isStartedByNpx(): boolean {
  return process.env['npm_lifecycle_event'] === 'npx';
}

/** How the user runs a command: `npm run doctor -- --fix` or `parley doctor --fix`. */
export function commandLine(name: CommandName, args: string): string {
  if (isNpmScript()) return `npm run ${name} -- ${args}`;
  return `parley ${name} ${args}`.trim();
}

export function usageOf(name: CommandName): string {
  return commandLine(name, COMMANDS[name].args);
}
