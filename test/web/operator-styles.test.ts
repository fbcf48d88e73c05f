// What an operator changes without building: styles of their own, and the hosts of pictures.
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Apps, openApps, send } from '../support/app.ts';
import { temporaryFolder } from '../support/database.ts';
import { useForum } from './forum.ts';

const folder = temporaryFolder();
const file = folder.file('brand.css');
writeFileSync(
  file,
  ':root { --accent: light-dark(#7a1fa2, #d7a6f0); --r-2: 0; }\n.brand { letter-spacing: 0.1em; }',
);

const forum = useForum('sqlite', { FRONT_END_STYLESHEET: file, IMAGE_HOSTS: 'images.example' });
let apps: Apps;
beforeAll(async () => {
  apps = await openApps();
});
afterAll(async () => {
  await apps.close();
  folder.remove();
});

test('the file of FRONT_END_STYLESHEET overrides tokens and rules of every page, by the policy of every page', async () => {
  const { page, complaints } = await forum().open({ colorScheme: 'light' });
  for (const path of ['/', '/sign-in', '/nothing/here']) {
    await page.goto(forum().app.url + path);
    const styles = await page.evaluate(() => {
      const { document, getComputedStyle } = globalThis as unknown as Window & typeof globalThis;
      const link = document.querySelector('a') as unknown as Element;
      const brand = document.querySelector('.brand') as unknown as Element;
      return [getComputedStyle(link).color, getComputedStyle(brand).letterSpacing !== 'normal'];
    });
    expect([path, ...styles]).toEqual([path, 'rgb(122, 31, 162)', true]);
  }
  expect(complaints).toEqual([]);
});

test('the styles are served for good, by a name that changes with them', async () => {
  const html = await (await fetch(forum().app.url, { headers: { accept: 'text/html' } })).text();
  const [, path = ''] = /href="(\/static\/operator-\w+\.css)"/.exec(html) ?? [];
  const answer = await fetch(forum().app.url + path);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(await answer.text()).toContain('#7a1fa2');
  expect((await fetch(`${forum().app.url}/static/operator-00000000.css`)).status).toBe(404);
});

test.each([
  ['no file', 'missing.css', 'cannot be read (ENOENT)'],
  ['a file that is too large', 'large.css', 'has more than 262144 bytes'],
])('%s ends the start', async (_name, name, why) => {
  writeFileSync(folder.file('large.css'), ' '.repeat(262_145));
  const path = folder.file(name);
  await expect(apps.open({ FRONT_END: 'on', FRONT_END_STYLESHEET: path })).rejects.toThrow(
    `FRONT_END_STYLESHEET: ${path} ${why}.`,
  );
});

test("an author's picture is shown from IMAGE_HOSTS alone, and initials otherwise", async () => {
  const account = await forum().account('Pia Picture');
  const update = 'mutation ($input: UpdateAuthorInput!) { updateAuthor(input: $input) { author { id } } }';
  const shown = async (avatarUrl: string) => {
    const variables = { input: { authorId: account.authorId, avatarUrl } };
    const { body } = await send(forum().app, update, { key: account.token, variables });
    expect(body.errors).toBeUndefined();
    const html = await (
      await fetch(`${forum().app.url}/authors/${account.authorId}`, { headers: { accept: 'text/html' } })
    ).text();
    return [html.includes('>PP<'), /<img[^>]* src="([^"]*)"/.exec(html)?.[1] ?? null];
  };
  const picture = 'https://images.example/pia.png';
  expect(await shown('https://tracker.example/pia.png')).toEqual([true, null]);
  expect(await shown('https://images.example:8443/pia.png')).toEqual([true, null]);
  expect(await shown(picture)).toEqual([true, picture]);
});
