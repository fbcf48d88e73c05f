// The element in the host's page and the tokens that it gives to its frame.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useForum } from './forum.ts';
import { frameOf, useHosts } from './hosts.ts';

const forum = useForum();
const hosts = useHosts(forum);

/** A busy machine must not look like a failure. */
const PATIENT = { timeout: 20_000 };

const setToken = (page: Page, token: string | null) =>
  page.evaluate(`document.querySelector('parley-discussion').setToken(${JSON.stringify(token)})`);

/** Opens a host's page whose reader has a token. `events`: what the element has emitted, in any page of the host. */
async function openSignedIn(name: string) {
  const { host, pages, script } = hosts();
  const { token } = await forum().account(name);
  const { page } = await forum().open();
  const events: string[] = [];
  await page.exposeFunction('emitted', (type: string) => events.push(type));
  await page.addInitScript(`for (const type of ['signed-out', 'token-removed', 'token-refused'])
    addEventListener('parley-' + type, () => emitted(type))`);
  pages.set('/near', script('data-external-id="page-near"'));
  await page.goto(`${host}/near`);
  await setToken(page, token);
  const frame = frameOf(page);
  await frame.getByRole('button', { name: 'Sign out' }).waitFor();
  const hasSession = async () =>
    (await page.context().cookies(hosts().app.url)).some(({ name }) => name === 'parley_embed');
  expect(await hasSession()).toBe(true);
  return { page, frame, events, hasSession };
}

test('who signs out in the frame stays signed out, although the host has given a token', async () => {
  const { page, frame, events, hasSession } = await openSignedIn('Leaver');
  const sent: string[] = [];
  page.on('request', (request) => request.url().endsWith('/embed/session') && sent.push(request.url()));
  await frame.getByRole('button', { name: 'Sign out' }).click();
  await frame.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await expect.poll(() => events, PATIENT).toEqual(['signed-out']);
  // loads the frame again
  await page.evaluate(`document.querySelector('parley-discussion').dataset.language = 'de'`);
  await frame.getByRole('button', { name: 'Anmelden', exact: true }).waitFor();
  expect(await hasSession()).toBe(false);
  expect(sent).toEqual([]);
});

test('a token that is refused ends the session of the reader before, and the frame shows a guest', async () => {
  const { page, frame, events, hasSession } = await openSignedIn('Former');
  await setToken(page, 'nobody');
  await frame.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  expect(await hasSession()).toBe(false);
  await expect.poll(() => events[0], PATIENT).toBe('token-refused');
});

test('null ends the session also if the frame is far below what is visible', async () => {
  const { page, events, hasSession } = await openSignedIn('Far away');
  const { host, pages, script } = hosts();
  const spacer = (await page.evaluate(`innerHeight`)) as number;
  pages.set('/far', `<svg width="1" height="${spacer * 40}"></svg>${script('data-external-id="page-far"')}`);
  await page.goto(`${host}/far`);
  await page.locator('iframe').waitFor({ state: 'attached' });
  await setToken(page, null);
  await expect.poll(hasSession, PATIENT).toBe(false);
  await expect.poll(() => events, PATIENT).toEqual(['token-removed']);
});
