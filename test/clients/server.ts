import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageRoot } from '../../src/package-root.ts';

// biome-ignore lint/suspicious/noExplicitAny: the shape is what the test asks for
export type Data = any;

/** A discussion with five comments, and a member who wrote none of them. */
export interface Scene {
  readonly slug: string;
  readonly discussionId: string;
  /** Oldest first. */
  readonly commentIds: readonly string[];
  readonly token: string;
}

export interface Server {
  readonly url: string;
  /** Asks without any client: what the server says. */
  ask(query: string, variables?: object, token?: string): Promise<Data>;
  scene(): Promise<Scene>;
  close(): Promise<void>;
}

/** Starts the server as an operator does, in an empty folder. */
export async function startServer(settings: Record<string, string> = {}): Promise<Server> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-clients-'));
  const fixed = { PORT: '0', SEED: 'none', RATE_LIMITS: 'off', OVERLOAD_WAIT_MS: '0', PLAYGROUND: 'off' };
  const child = spawn(process.execPath, [path.join(packageRoot, 'dist/main.js')], {
    cwd: folder,
    env: { PATH: process.env['PATH'], DATABASE_URL: 'file:./forum.db', ...fixed, ...settings },
  });
  const url = `${await addressOf(child)}/graphql`;
  const ask: Server['ask'] = async (query, variables = {}, token) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    url,
    ask,
    scene: () => makeScene(ask),
    close: async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      await rm(folder, { recursive: true });
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += chunk;
    const address = /listens at (http:\/\/[^"\s]+)/.exec(output)?.[1];
    if (address) {
      child.stdout?.resume();
      return address;
    }
  }
  throw new Error(`The server ended before it listened: ${output}`);
}

async function makeScene(ask: Server['ask']): Promise<Scene> {
  const [author, reader] = [await newMember(ask), await newMember(ask)];
  const { createDiscussion } = await ask(
    'mutation ($input: CreateDiscussionInput!) { createDiscussion(input: $input) { discussion { id slug } } }',
    { input: { title: `How does it page? ${randomUUID()}`, body: 'Tell me *all*.' } },
    author,
  );
  const { id, slug } = createDiscussion.discussion;
  const commentIds: string[] = [];
  for (let n = 1; n <= 5; n++) commentIds.push(await newComment(ask, author, id, `Comment number ${n}.`));
  return { slug, discussionId: id, commentIds, token: reader };
}

async function newMember(ask: Server['ask']): Promise<string> {
  const name = `Ada ${randomUUID().slice(0, 8)}`;
  const email = `${randomUUID()}@clients.example`;
  const input = { name, email, password: 'copper violin under seven bridges' };
  const { createAccount } = await ask(
    'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { token } }',
    { input },
  );
  return createAccount.token;
}

async function newComment(
  ask: Server['ask'],
  token: string,
  discussionId: string,
  body: string,
): Promise<string> {
  const { addComment } = await ask(
    'mutation ($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }',
    { input: { discussionId, body } },
    token,
  );
  return addComment.comment.id;
}
