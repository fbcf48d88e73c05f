// The front end as the server serves it, without a browser.
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/server/app.ts';
import { type Apps, openApps, send } from '../support/app.ts';
import { temporaryFolder } from '../support/database.ts';

let apps: Apps;
const folder = temporaryFolder();
beforeAll(async () => {
  apps = await openApps();
});
afterAll(async () => {
  await apps.close();
  folder.remove();
});

const open = (settings: Record<string, string> = {}) => apps.open({ FRONT_END: 'on', ...settings });
const get = ({ url }: App, path: string) =>
  fetch(url + path, { headers: { accept: 'text/html' }, redirect: 'manual' });

test('with trusted documents the pages are served, and their operations are still refused by HTTP', async () => {
  const file = folder.file('documents.json');
  writeFileSync(file, JSON.stringify({ one: '{ categories { totalCount } }' }));
  const app = await open({ TRUSTED_DOCUMENTS: file });
  for (const path of ['/', '/search?q=a', '/sign-in', '/authors/nobody'])
    expect([path, (await get(app, path)).status]).toEqual([path, path === '/authors/nobody' ? 404 : 200]);
  const { status, body } = await send(app, '{ viewer { id } }');
  expect([status, body.errors[0].extensions.code]).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
});
