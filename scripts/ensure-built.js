// npm run build, and `prepare` after an install: dist/ from the sources.
//
// Plain JavaScript, because a production install (`npm ci --omit=dev`) has no build tools. There the build is made in a
// folder of its own, with the tools that package-lock.json names, and then the folder is deleted.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const TOOLS = ['tsx', 'esbuild', 'prisma', 'graphiql', 'preact'];
const SOURCES = [
  ...['package.json', 'package-lock.json', '.npmrc', 'tsconfig.json', 'prisma.config.ts', 'schema.graphql'],
  ...['prisma', 'scripts', 'src', 'web'],
];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Builds what is stale in dist/. Without build tools, a build that exists is used as it is, unless `again` is set.
 * `serverOnly` leaves out the playground and the front end.
 */
export async function ensureBuilt({ again = false, serverOnly = false } = {}) {
  const hasTools = TOOLS.every((name) => existsSync(path.join(root, 'node_modules', name, 'package.json')));
  if (hasTools) await build(root, serverOnly ? ['--server-only'] : []);
  else if (again || !existsSync(path.join(root, 'dist/parley.js'))) await buildApart();
}

async function buildApart() {
  process.stderr.write('Building Parley once; its build tools are installed in a temporary folder …\n');
  // beside dist/, so that the result can be renamed
  const folder = await mkdtemp(path.join(root, '.build-'));
  try {
    for (const name of SOURCES) {
      await cp(path.join(root, name), path.join(folder, name), { recursive: true });
    }
    // --ignore-scripts: a build needs no compiled drivers
    const install = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', install, { cwd: folder, shell: process.platform === 'win32' });
    await build(folder);
    await rm(path.join(root, 'dist'), { recursive: true, force: true });
    await rename(path.join(folder, 'dist'), path.join(root, 'dist'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function build(folder, args = []) {
  return run(process.execPath, ['--import', 'tsx', 'scripts/build.ts', ...args], { cwd: folder });
}

/** Runs a program to its end. If it fails or a signal arrives, this process ends as it did, and never before it. */
async function run(command, args, options) {
  // stdout is the command's own: `npm run --silent api-key` prints only the key
  const child = spawn(command, args, { ...options, stdio: ['ignore', process.stderr, 'inherit'] });
  const pass = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...end) => resolve(end));
  });
  for (const one of SIGNALS) process.off(one, pass);
  if (code === 0) return;
  const failed = new Error(`${command} ${args[0]} failed: Parley is not built.`);
  failed.status = code ?? 128 + constants.signals[signal];
  throw failed;
}

/** Runs `work`; a failure is one line, because what failed has already said why. */
export async function orExit(work) {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(error.status ?? 1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await orExit(() => ensureBuilt({ again: true }));
