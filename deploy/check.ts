// npx tsx deploy/check.ts: takes the steps of deploy/Dockerfile without Docker, each stage in a clean folder, and starts
// what the image would start: as another user, healthy, answering, and stopped by SIGTERM with status 0.
//
// The images' own files are this machine's. Paths at the root that the Dockerfile makes are folders of the stage.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { execForm, readStages, type Stage } from './dockerfile.ts';

const PORT = process.env['PORT'] ?? '4877';
/** The user of the image stands for `nobody` here. */
const NOBODY = 65_534;
const QUESTION = '{ discussion(slug: "what-is-the-difference-between-iso-and-soc2") { commentCount } }';

const folder = mkdtempSync(path.join(tmpdir(), 'parley-image-'));
chmodSync(folder, 0o755);
const context = path.join(folder, 'context');
const rootOf = (stage: string) => path.join(folder, stage || 'image');

/** The committed files, and new ones that are not ignored: what deploy/Dockerfile.dockerignore leaves. */
function copyContext(): void {
  const list = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], { cwd: packageRoot });
  for (const name of list.toString().split('\0')) {
    const from = path.join(packageRoot, name);
    if (name && existsSync(from)) cpSync(from, path.join(context, name), { verbatimSymlinks: true });
  }
}

interface Image {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly workdir: string;
  readonly user: string;
  readonly command: [string, ...string[]];
  readonly health: [string, ...string[]];
}

function buildStage({ name, instructions }: Stage): Image {
  const root = rootOf(name);
  const folders = instructions.filter((one) => ['WORKDIR', 'VOLUME'].includes(one.name));
  const made = new RegExp(`(?<![\\w./-])(?=(?:${folders.map(({ text }) => text).join('|')})(?![\\w-]))`, 'g');
  const here = (text: string) => text.replaceAll(made, root);
  const env: Record<string, string> = {};
  let [workdir, user, command, health] = [root, 'root', 'null', 'null'];
  for (const { name: instruction, text } of instructions) {
    if (instruction === 'WORKDIR') {
      workdir = here(text);
      mkdirSync(workdir, { recursive: true });
    }
    if (instruction === 'ENV')
      for (const [, key = '', value = ''] of text.matchAll(/(\w+)=(\S+)/g)) env[key] = here(value);
    if (instruction === 'COPY') copy(text, workdir);
    if (instruction === 'RUN') {
      process.stdout.write(`   ${text}\n`);
      const asNobody = here(text).replaceAll('node:node', `${NOBODY}:${NOBODY}`);
      execFileSync('sh', ['-c', asNobody], {
        cwd: workdir,
        env: { ...process.env, ...env },
        stdio: 'inherit',
      });
    }
    if (instruction === 'USER') user = text;
    if (instruction === 'CMD') command = here(text);
    if (instruction === 'HEALTHCHECK') health = here(text);
  }
  if (name) return { root, env, workdir, user, command: [''], health: [''] };
  return { root, env, workdir, user, command: execForm(command), health: execForm(health) };
}

function copy(text: string, workdir: string): void {
  const [, stage, files = text] = /^--from=(\S+)\s+(.*)$/.exec(text) ?? [];
  const sources = files.split(/\s+/);
  const target = sources.pop() ?? '';
  for (const source of sources) {
    const from = path.join(stage ? rootOf(stage) : context, source);
    const into = statSync(from).isFile() && target.endsWith('/') ? path.basename(from) : '';
    cpSync(from, path.join(workdir, target, into), { recursive: true, verbatimSymlinks: true });
  }
}

async function start({ root, env, workdir, user, command, health }: Image): Promise<void> {
  if (user === 'root') throw new Error('The image runs as root.');
  const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const options = {
    cwd: workdir,
    env: { PATH: process.env['PATH'], ...env, PORT, PLAYGROUND: 'on' },
    ...identity,
  };
  const server = spawn(command[0], command.slice(1), { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(server, 'exit');
  try {
    let isHealthy = false;
    for (let tries = 0; tries < 60 && !isHealthy && server.exitCode === null; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      isHealthy = spawnSync(health[0], health.slice(1), options).status === 0;
    }
    if (!isHealthy) throw new Error('HEALTHCHECK never succeeded.');
    const answer = await fetch(`http://127.0.0.1:${PORT}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUESTION }),
    });
    const text = await answer.text();
    if (text !== '{"data":{"discussion":{"commentCount":4}}}') throw new Error(`Answered ${text}`);
    const page = await fetch(`http://127.0.0.1:${PORT}/`, { headers: { accept: 'text/html' } });
    if (!page.headers.get('content-type')?.startsWith('text/html')) throw new Error('No page at /.');
  } finally {
    server.kill('SIGTERM');
  }
  const [status] = await ended;
  if (status !== 0) throw new Error(`SIGTERM ended it with status ${status}.`);
  if (spawnSync(health[0], health.slice(1), options).status === 0)
    throw new Error('Healthy without a server.');
  const size = execFileSync('du', ['-sm', path.join(root, 'app')])
    .toString()
    .split('\t')[0];
  process.stdout.write(`deploy/Dockerfile: 1 passed, 0 failed; /app has ${size} MB\n`);
}

try {
  copyContext();
  const images = readStages(path.join(packageRoot, 'deploy/Dockerfile')).map(buildStage);
  const image = images.at(-1);
  if (image) await start(image);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
