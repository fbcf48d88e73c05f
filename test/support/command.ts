import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { packageRoot } from '../../src/package-root.ts';

type Name = 'api-key' | 'import' | 'export' | 'doctor' | 'backup' | 'restore' | 'move' | 'search';

/** Starts an operator's command as npm does, from this folder, but without a build. */
export function startCommand(
  name: Name,
  args: readonly string[],
  {
    databaseUrl,
    from,
    settings = {},
  }: {
    readonly databaseUrl: string;
    readonly from?: string;
    readonly settings?: Readonly<Record<string, string>>;
  },
): ChildProcessWithoutNullStreams {
  const { INIT_CWD: _, ...inherited } = process.env;
  const env = { ...inherited, npm_package_name: 'parley', npm_lifecycle_event: name };
  const script = path.join(packageRoot, 'bin/parley.js');
  return spawn(process.execPath, [script, name, ...args], {
    cwd: packageRoot,
    env: { ...env, DATABASE_URL: databaseUrl, ...(from !== undefined && { INIT_CWD: from }), ...settings },
  });
}

/** Runs it to its end. */
export async function runCommand(...what: Parameters<typeof startCommand>) {
  const child = startCommand(...what);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const [status] = await once(child, 'close');
  return { status: status as number | null, ...said };
}
