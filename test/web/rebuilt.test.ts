// A server that runs while the front end is built anew.
import { cpSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { temporaryFolder } from '../support/database.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

test('styles, scripts and the script for embedding are served when the files of its build are gone', async () => {
  const build = path.join(packageRoot, 'dist/web');
  const copy = folder.file('web');
  cpSync(build, copy, { recursive: true });
  const { createFrontEnd } = await import(pathToFileURL(path.join(copy, 'server.js')).href);
  const frontEnd = createFrontEnd(
    {
      askApi: async () => JSON.stringify({ data: null, errors: [] }),
      siteName: 'Test',
      siteUrl: 'http://localhost',
      embedding: { origins: ['https://www.example.com'], apiKey: null },
      onFault: () => undefined,
    },
    pathToFileURL(`${copy}/`),
  );
  const names: Record<string, string> = JSON.parse(readFileSync(path.join(copy, 'assets.json'), 'utf8'));
  rmSync(copy, { recursive: true });

  const sent = async (url: string, coding: string) => {
    const headers = { 'accept-encoding': coding };
    const answer = await frontEnd.answer({ method: 'GET', url, headers, form: null, address: '' });
    return [answer.status, answer.headers['content-encoding'] ?? 'identity', answer.body.toString('base64')];
  };
  expect(Object.keys(names)).toEqual(expect.arrayContaining(['main.css', 'main.js', 'frame.js', 'icon.svg']));
  for (const [name, file] of Object.entries(names))
    for (const [coding, ending] of [
      ['identity', ''],
      ['br', '.br'],
      ['gzip', '.gz'],
    ] as const) {
      const bytes = readFileSync(path.join(build, 'static', file + ending)).toString('base64');
      expect([name, await sent(`/static/${file}`, coding)]).toEqual([name, [200, coding, bytes]]);
    }
  expect((await sent('/embed.js', 'identity'))[0]).toBe(200);
});
