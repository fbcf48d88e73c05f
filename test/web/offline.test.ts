// A browser that loses its connection, or a forum that does not answer the scripts of a page.
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFindings, overflowOf } from './axe.ts';
import { useForum } from './forum.ts';

const forum = useForum();
const SLUG = 'tallybook-or-a-spreadsheet-for-a-three-person-shop';
const OFFLINE =
  'You are offline. What you type stays here, and you can send it when you are connected again.';
const AWAY = 'The forum cannot be reached. What you typed is still here: try again in a moment.';

async function opened(name: string): Promise<{ page: Page; context: BrowserContext }> {
  const { page, signInAs } = await forum().open();
  await signInAs(await forum().account(name));
  await page.goto(`${forum().app.url}/discussions/${SLUG}`);
  return { page, context: page.context() };
}

const noteOf = (page: Page) => page.locator('[data-connection]');

test('offline, the page says so, sends nothing and keeps what is typed; online, it takes that back', async () => {
  const { page, context } = await opened('Offa');
  const note = noteOf(page);
  expect([await note.getAttribute('role'), await note.textContent()]).toEqual(['status', '']);
  await context.setOffline(true);
  await note.getByText(OFFLINE).waitFor();
  const address = page.url();
  const text = page.getByLabel('Your answer', { exact: true }).last();
  await text.fill('Typed in a tunnel.');
  const up = page.locator('.question').getByRole('button', { name: 'Vote up, this question' });
  for (const button of [
    page.getByRole('button', { name: 'Post answer' }),
    page.getByRole('button', { name: 'Preview' }),
    up,
  ]) {
    await button.click();
    await note.getByText(OFFLINE).waitFor();
    expect([page.url(), await text.inputValue()]).toEqual([address, 'Typed in a tunnel.']);
  }
  expect(await up.getAttribute('aria-pressed')).toBe('false');
  expect(await axeFindings(page)).toEqual([]);
  await context.setOffline(false);
  await note.getByText(OFFLINE).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Post answer' }).click();
  await page.locator('.prose', { hasText: 'Typed in a tunnel.' }).waitFor();
});

test.each([
  ['is not reached', null],
  ['is overloaded', 503],
])(
  'a vote and a preview for which the forum %s change nothing, and work the next time',
  async (what, status) => {
    const { page, context } = await opened(`Vera ${what}`);
    const note = noteOf(page);
    const address = page.url();
    const isScript = (url: URL) => url.pathname === '/vote' || url.pathname.endsWith('/comments');
    await context.route(isScript, (route) => (status === null ? route.abort() : route.fulfill({ status })));
    const up = page.locator('.question').getByRole('button', { name: 'Vote up, this question' });
    await up.click();
    await note.getByText(AWAY).waitFor();
    expect(await up.getAttribute('aria-pressed')).toBe('false');
    const text = page.getByLabel('Your answer', { exact: true }).last();
    await text.fill('Some **text**.');
    await page.getByRole('button', { name: 'Preview' }).click();
    await note.getByText(AWAY).waitFor();
    expect([page.url(), await text.inputValue()]).toEqual([address, 'Some **text**.']);
    await context.unroute(isScript);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('.preview strong', { hasText: 'text' }).waitFor();
    expect(await note.textContent()).toBe('');
    await up.click();
    await page.locator('.question .vote button:first-of-type[aria-pressed=true]').waitFor();
  },
);

test('after a refused vote, the next one is set by the script again', async () => {
  const { page, context } = await opened('Refused once');
  const isVote = (url: URL) => url.pathname === '/vote';
  const accepts: string[] = [];
  // what the form gets leaves the reader on the page
  await context.route(isVote, (route) => {
    accepts.push(route.request().headers()['accept']?.split(',')[0] ?? '');
    return route.fulfill({ status: accepts.length === 1 ? 403 : 204 });
  });
  const up = page.locator('.question').getByRole('button', { name: 'Vote up, this question' });
  await up.click();
  await expect.poll(() => accepts).toEqual(['application/json', 'text/html']);
  await context.unroute(isVote);
  await page.evaluate('window.same = true');
  await up.click();
  await page.locator('.question .vote button:first-of-type[aria-pressed=true]').waitFor();
  expect(await page.evaluate('window.same')).toBe(true);
});

test('in German and on a phone the note fits too', async () => {
  const { page } = await forum().open({ locale: 'de-DE', viewport: { width: 320, height: 600 } });
  await page.goto(`${forum().app.url}/ask`);
  await page.context().setOffline(true);
  await noteOf(page).getByText('Sie sind offline.').waitFor();
  expect([await axeFindings(page), await overflowOf(page)]).toEqual([[], 0]);
});
