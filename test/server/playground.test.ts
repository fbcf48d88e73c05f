import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildPlayground } from '../../scripts/playground.ts';
import { packageRoot } from '../../src/package-root.ts';
import { startTiny } from './tiny-server.ts';

const folder = path.join(packageRoot, 'dist/playground');
const asBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

beforeAll(buildPlayground);

describe.each(['/playground', '/graphql', '/'])('%s', (path) => {
  test('shows the playground to a browser, under a policy that lets it talk to its own server alone', async () => {
    const { url } = await startTiny();
    const response = await fetch(url + path, { headers: asBrowser });
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toMatch(/https?:|unsafe-eval|\*/);
    expect(await response.text()).not.toMatch(/https?:|<script(?! type="module" src="\.\/assets\/)/);
  });
});

describe('/graphql', () => {
  test('answers operations, and programs without one, as if there were no playground', async () => {
    const { url } = await startTiny();
    const query = '/graphql?query=%7B__typename%7D';
    expect(await (await fetch(url + query, { headers: asBrowser })).json()).toEqual({
      data: { __typename: 'Query' },
    });
    expect((await fetch(`${url}/graphql`)).status).toBe(400);
    const posted = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { ...asBrowser, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(await posted.json()).toEqual({ data: { __typename: 'Query' } });
  });

  test('shows no page where the playground is off', async () => {
    const { url } = await startTiny({ playground: false });
    for (const path of ['/graphql', '/graphql/', '/playground', '/playground/']) {
      const response = await fetch(url + path, { headers: asBrowser });
      expect(response.headers.get('content-type')).not.toContain('text/html');
      expect(response.status).toBe(path.startsWith('/graphql') ? 400 : 404);
    }
  });

  test.each(['/graphql/', '/playground/'])('%s leads to the page, by a relative location', async (path) => {
    const { url } = await startTiny();
    const response = await fetch(`${url}${path}`, { headers: asBrowser, redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`..${path.slice(0, -1)}`);
  });
});

describe('/', () => {
  test('shows a program where the API is, and a browser too where the playground is off', async () => {
    const pointer = { name: 'Parley', graphql: '/graphql', health: '/health/ready' };
    const on = await startTiny();
    expect(await (await fetch(on.url)).json()).toEqual(pointer);
    const off = await startTiny({ playground: false });
    expect(await (await fetch(off.url, { headers: asBrowser })).json()).toEqual(pointer);
    const asset = readdirSync(path.join(folder, 'assets'))[0];
    expect((await fetch(`${off.url}/assets/${asset}`)).status).toBe(404);
  });
});

describe('/assets', () => {
  test.each([
    ['br, gzip', 'br'],
    ['identity', null],
  ])('sends a file to a client that takes %s, to be kept for ever', async (accepted, encoding) => {
    const { url } = await startTiny();
    const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
    const asset = /assets\/(main-[^"]+\.js)/.exec(page)?.[1] ?? '';
    const response = await fetch(`${url}/assets/${asset}`, { headers: { 'accept-encoding': accepted } });
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.equals(readFileSync(path.join(folder, 'assets', asset)))).toBe(true);
  });

  test.each(['nothing.js', '..%2findex.html', '..%2f..%2f..%2fpackage.json', 'main.js%00'])(
    'sends nothing for %s',
    async (asset) => {
      const { url } = await startTiny();
      expect((await fetch(`${url}/assets/${asset}`)).status).toBe(404);
    },
  );
});

test('what a first visit loads is at most 1.5 MB on the wire, fonts not included', () => {
  const assets = path.join(folder, 'assets');
  const squeezed = readdirSync(assets).filter((name) => name.endsWith('.br'));
  const lazy = /^(babel|estree|standalone|graphql-[A-Z0-9]{8}|codicon)/;
  const bytes = squeezed
    .filter((name) => !lazy.test(name))
    .map((name) => statSync(path.join(assets, name)).size);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500_000);
});

test('the queries of the first visit fit the contract', async () => {
  const file = path.join(packageRoot, 'src/server/playground/default-tabs.js');
  const { defaultTabs } = (await import(file)) as { defaultTabs: { query: string }[] };
  const schema = buildSchema(readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8'));
  expect(defaultTabs).toHaveLength(3);
  for (const { query } of defaultTabs) expect(validate(schema, parse(query))).toEqual([]);
});

test('no line of the first visit is longer than the editor at 1280 pixels', async () => {
  const file = path.join(packageRoot, 'src/server/playground/default-tabs.js');
  const { defaultTabs } = (await import(file)) as { defaultTabs: { query: string }[] };
  const lines = defaultTabs.flatMap(({ query }) => query.split('\n'));
  expect(lines.filter((line) => line.length > 46)).toEqual([]);
});
