// How much processor time the page of a discussion with 80 comments takes, beside template strings that make the same
// HTML: node --import tsx web/scripts/page-speed.ts [rounds] [pages a round]. Prints rows of the table in docs/front-end.md.
// Every page is rendered anew. With ANSWER_CACHE_MEGABYTES=0 its data is read anew too.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { etagOf } from '../src/http/etag.ts';
import { templatePage } from './page-template.ts';
import { webRoot } from './paths.ts';

const ROUNDS = Number(process.argv[2] ?? 9);
const PAGES = Number(process.argv[3] ?? 200);
const project = path.dirname(webRoot);
const folder = await mkdtemp(path.join(tmpdir(), 'page-speed-'));
const [port, metricsPort] = [await freePort(), await freePort()];
const base = `http://127.0.0.1:${port}`;
const server = spawn(process.execPath, [path.join(project, 'dist/main.js')], {
  cwd: project,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...process.env,
    ...{ DATABASE_URL: `file:${folder}/forum.db`, SEED: 'none', LOG_LEVEL: 'warn', SITE_URL: base },
    ...{ PORT: `${port}`, METRICS_PORT: `${metricsPort}`, RATE_LIMITS: 'off', OVERLOAD_WAIT_MS: '0' },
    FRONT_END: 'on',
  },
});
try {
  while (!(await fetch(`${base}/health/ready`).catch(() => null))?.ok)
    await new Promise((r) => setTimeout(r, 100));
  await measure(await writeThread());
} finally {
  server.kill();
  await once(server, 'exit');
  await rm(folder, { recursive: true });
}

async function measure(slug: string): Promise<void> {
  const url = `/discussions/${slug}`;
  const web = await import(pathToFileURL(path.join(project, 'dist/web/server.js')).href);
  let answer = '';
  const options = {
    askApi: async (request: { query: string; variables: object }) => (answer ||= await ask(request)),
    ...{ siteName: 'Parley', siteUrl: base, onFault: console.error, cacheBytes: 0 },
  };
  const frontEnd = web.createFrontEnd(options, pathToFileURL(path.join(project, 'dist/web/')));
  const request = { method: 'GET', url, headers: { accept: 'text/html' }, form: null, address: '' };
  const components = async (): Promise<Buffer> => (await frontEnd.answer(request)).body;
  const shell = String(await components());
  // as bytes and with its tag, as the components' page
  const templates = async () => {
    const body = Buffer.from(templatePage(shell, answer));
    etagOf(body);
    return body;
  };
  // the minute may change between the two
  const isSame = async () => (await components()).equals(await templates());
  if (!((await isSame()) || (await isSame()))) throw new Error('The templates do not make the same HTML.');

  const page = async () =>
    (await fetch(`${base}${url}?at=${Math.random()}`, { headers: { 'accept-encoding': 'identity' } })).text();
  const times: Record<string, number[]> = { page: [], components: [], templates: [] };
  for (let round = -1; round < ROUNDS; round++) {
    const all = [
      ['page', page, serverCpu],
      ['components', components, ownCpu],
      ['templates', templates, ownCpu],
    ] as const;
    // each round begins with another one; the first is not counted
    for (const [name, run, cpu] of [...all.slice(round % 3), ...all.slice(0, round % 3)]) {
      const before = await cpu();
      for (let count = 0; count < PAGES; count++) await run();
      if (round >= 0) times[name]?.push(((await cpu()) - before) / PAGES);
    }
  }
  const [whole = 0, own = 0, floor = 0] = Object.values(times).map(median);
  const rows = [
    ['the page with its data, over HTTP', whole, (whole - own + floor) / whole],
    ['of it, rendering', own, floor / own],
    ['template strings that make the same HTML', floor, 1],
  ] as const;
  for (const [name, ms, share] of rows) console.log(`| ${name} | ${ms.toFixed(2)} | ${share.toFixed(2)} |`);
}

/** 20 comments at the top level with three replies each. */
async function writeThread(): Promise<string> {
  const author = { email: 'ada@example.com', password: 'correct horse battery staple', name: 'Ada Adams' };
  const { token } = await write('createAccount', author, 'token');
  const question = { title: 'Which one do you use?', body: 'Tell us *why*.' };
  const { discussion } = await write('createDiscussion', question, 'discussion { id slug }', token);
  const comment = (count: number, replyToId: string | null) => {
    const body = `Number ${count}: we use the **second** one, because it [exports](https://example.com) \`CSV\`.\n\n`;
    const input = {
      discussionId: discussion.id,
      replyToId,
      body: body + 'It costs less & does more. '.repeat(8),
    };
    return write('addComment', input, 'comment { id }', token);
  };
  for (let top = 0; top < 20; top++) {
    const { id } = (await comment(top, null)).comment;
    for (let reply = 0; reply < 3; reply++) await comment(reply, id);
  }
  return discussion.slug;
}

// biome-ignore lint/suspicious/noExplicitAny: the shape is what the selection asks for
async function write(name: string, input: object, selection: string, token?: string): Promise<any> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`;
  return JSON.parse(await ask({ query, variables: { input } }, token)).data[name];
}

async function ask(
  { query, variables }: { query: string; variables: object },
  token?: string,
): Promise<string> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const body = JSON.stringify({ query, variables });
  return (await fetch(`${base}/graphql`, { method: 'POST', headers, body })).text();
}

/** The server's processor time, in milliseconds. */
async function serverCpu(): Promise<number> {
  // the server closes a connection that is idle for as long as a round may take
  const headers = { connection: 'close' };
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`, { headers })).text();
  return 1000 * Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]);
}

function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return free;
}
