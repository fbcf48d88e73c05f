// `parley mcp URL`, started as agents start it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as FormerClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as FormerTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { freePort } from '../support/free-port.ts';
import { clientOf, type McpClient, SPECIFICATIONS, type Specification } from './clients.ts';

const INFO = { name: 'parley-test', version: '1.0.0' };
const ARGS = [join(packageRoot, 'bin/parley.js'), 'mcp'];

async function start(specification: Specification, url: string, token?: string): Promise<McpClient> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...(token !== undefined && { PARLEY_TOKEN: token }),
  };
  const program = { command: process.execPath, args: [...ARGS, url], cwd: packageRoot, env };
  if (specification === '2026-07-28') {
    const client = new Client(INFO, { versionNegotiation: { mode: { pin: specification } } });
    await client.connect(new StdioClientTransport(program));
    return clientOf(client, () => client.getNegotiatedProtocolVersion());
  }
  const client = new FormerClient(INFO);
  await client.connect(new FormerTransport(program));
  return clientOf(client as unknown as Client, () => specification);
}

describe('parley mcp', () => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum('sqlite', 'seeded', { siteName: 'Acme "Help" & Co' });
  });
  afterAll(() => forum.close());

  test.each(SPECIFICATIONS)(
    'serves a running forum to a client of %s, as its user',
    async (specification) => {
      const ada = await start(specification, forum.url, await forum.as('ada').token());
      expect(ada.protocol()).toBe(specification);
      expect(await ada.listTools()).toHaveLength(7);
      const question = {
        title: `By stdio with ${specification}?`,
        body: 'Yes.',
        idempotencyKey: specification,
      };
      const asked = await ada.call('ask_question', question);
      expect(asked.error).toBeNull();
      expect((await ada.call('ask_question', question)).data).toEqual(asked.data);
      const { data } = await ada.call('read_discussion', { id: asked.data.discussion.id });
      expect(data.markdown).toContain(question.title);
      await ada.close();
    },
  );

  test('reads as a guest without PARLEY_TOKEN, and reports a wrong one', async () => {
    const guest = await start('2025-11-25', forum.url);
    expect((await guest.call('search_discussions', { query: 'tickets' })).data.totalCount).toBeGreaterThan(0);
    const write = { title: 'A guest?', body: 'Yes.' };
    expect((await guest.call('ask_question', write)).error?.code).toBe('UNAUTHENTICATED');
    await guest.close();
    const wrong = await start('2025-11-25', forum.url, 'prl_unknown');
    expect((await wrong.call('search_discussions', { query: 'tickets' })).error?.code).toBe(
      'UNAUTHENTICATED',
    );
    await wrong.close();
  });

  test('has the name of the forum, or its host if the forum does not tell', async () => {
    const titleAt = async (url: string, token?: string) => {
      const client = new Client(INFO);
      const env = { PATH: process.env['PATH'] ?? '', ...(token !== undefined && { PARLEY_TOKEN: token }) };
      const program = { command: process.execPath, args: [...ARGS, url], cwd: packageRoot, env };
      await client.connect(new StdioClientTransport(program));
      const title = client.getServerVersion()?.title;
      await client.close();
      return title;
    };
    expect(await titleAt(forum.url)).toBe('Acme "Help" & Co');
    expect(await titleAt(forum.url, 'prl_unknown')).toBe(new URL(forum.url).host);
    const port = await freePort();
    expect(await titleAt(`http://127.0.0.1:${port}`)).toBe(`127.0.0.1:${port}`);
  });

  test('reports a forum that cannot be reached', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const client = await start('2025-11-25', url);
    const result = await client.call('search_discussions', { query: 'tickets' });
    expect(result.error?.code).toBe('UNAVAILABLE');
    expect(result.text).toContain(url);
    await client.close();
  });

  test.each([
    [['forum.example'], {}, /^URL must be the http or https URL of a forum, not "forum\.example"/],
    [['http://a.example', 'http://b.example'], {}, /^Only one URL is allowed/],
    [['http://a.example'], { PARLEY_TOKEN: 'Bearer key' }, /^PARLEY_TOKEN must be an API key/],
  ])('refuses %j %j with status 1, and nothing on stdout', async (args, env, message) => {
    const child = spawn(process.execPath, [...ARGS, ...args], {
      cwd: packageRoot,
      env: { ...process.env, ...env },
    });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] += text;
      });
    }
    const [status] = await once(child, 'close');
    expect({ status, stdout: said.stdout }).toEqual({ status: 1, stdout: '' });
    expect(said.stderr).toMatch(message);
  });
});
