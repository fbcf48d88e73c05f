import { beforeAll, describe, expect, test } from 'vitest';
import { hasQualifier, toggleQualifier } from '../../web/src/screens/search/qualifiers.ts';
import { send } from '../support/app.ts';
import { engines } from '../support/database.ts';
import { useForum } from './forum.ts';
import { ask } from './moderators.ts';

describe.each(engines)('on %s', (engine) => {
  const forum = useForum(engine);

  test.each([true, false])(
    'with JavaScript: %s, a guest searches from the header, narrows the results, and opens one',
    async (javaScriptEnabled) => {
      const { page, complaints } = await forum().open({ javaScriptEnabled });
      await page.goto(forum().app.url);
      await page.getByRole('searchbox').fill('tallybook the');
      await page.getByRole('searchbox').press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Search' }).waitFor();
      expect(await page.getByRole('searchbox').inputValue()).toBe('tallybook the');
      expect(await page.locator('.row h2 mark').allTextContents()).toContain('Tallybook');
      const facets = page.getByRole('complementary', { name: 'Narrow the search' });
      await facets.getByRole('link', { name: /^Tallybook/ }).click();
      expect(new URL(page.url()).searchParams.get('q')).toBe('product:tallybook tallybook the');
      await facets.locator('a[aria-current]').click();
      expect(new URL(page.url()).searchParams.get('q')).toBe('tallybook the');
      await page
        .getByRole('navigation', { name: 'What to find' })
        .getByRole('link', { name: 'Comments' })
        .click();
      await page
        .getByRole('link', { name: /^Comment on/ })
        .first()
        .click();
      const id = new URL(page.url()).searchParams.get('comment');
      await page.locator(`article[id="${id}"]`).waitFor();
      expect(complaints).toEqual([]);
    },
  );
});

const forum = useForum();
const MARKUP = '<img src=x onerror=alert(1)>';

beforeAll(async () => {
  const { token } = await forum().account('Mark Up');
  const mutation =
    'mutation ($input: CreateDiscussionInput!) { createDiscussion(input: $input) { discussion { slug } } }';
  for (let i = 1; i <= 25; i++) {
    const input = { title: `Zeppelin ${i} ${MARKUP}`, body: `The zeppelin & its <b>mast</b>, number ${i}.` };
    await send(forum().app, mutation, { key: token, variables: { input } });
  }
});

test('an excerpt that begins or ends within a text says so', async () => {
  const words = (word: string) => Array.from({ length: 60 }, (_, at) => word + at).join(' ');
  const { token } = await forum().account('Writer');
  const body = `${words('alpha')} zanzibar ${words('beta')}`;
  await ask(forum(), token, 'With a long text', { body });
  await ask(forum(), token, 'With a short text', { body: 'A whole one about quagga.' });
  const found = async (query: string) => {
    const page = await fetch(`${forum().app.url}/search?q=${query}`, { headers: { accept: 'text/html' } });
    return /<p class="row__text row__text--found"[^>]*>(.*?)<\/p>/s.exec(await page.text())?.[1];
  };
  expect(await found('zanzibar')).toMatch(/^… [^…]*<mark>zanzibar<\/mark>[^…]* …$/);
  expect(await found('quagga')).toBe('A whole one about <mark>quagga</mark>.');
});

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('misspelled words are corrected, and what is not understood is explained', async () => {
    const { page } = await forum().open({ javaScriptEnabled });
    await page.goto(`${forum().app.url}/search?q=zepelin`);
    await page.getByText('Nothing was found.').waitFor();
    await page.getByRole('link', { name: 'zeppelin' }).click();
    expect(await page.locator('.row').count()).toBe(20);
    await page.goto(`${forum().app.url}/search?q=zeppelin+is:popular`);
    await page.getByText('“is:popular” has a value that does not exist').waitFor();
    await page.goto(`${forum().app.url}/search?q=zeppelin+author:@me`);
    await page.getByText('“author:@me” works when you are signed in.').waitFor();
  });

  test('pages have addresses, and markup in what was found is text', async () => {
    const { page, complaints } = await forum().open({ javaScriptEnabled });
    await page.goto(`${forum().app.url}/search?q=zeppelin&order=oldest&type=discussion`);
    await page.getByText('25 results', { exact: true }).waitFor();
    const first = await page.locator('.row h2').allTextContents();
    expect(first).toEqual(Array.from({ length: 20 }, (_, i) => `Zeppelin ${i + 1} ${MARKUP}`));
    await page.getByRole('link', { name: 'More results' }).click();
    await page.getByText('Zeppelin 21').waitFor();
    expect(await page.locator('.row').count()).toBe(5);
    expect(await page.locator('.row__text').first().textContent()).toBe(
      'The zeppelin & its <b>mast</b>, number 21.',
    );
    await page.getByRole('link', { name: 'Back to the first page' }).click();
    expect(new URL(page.url()).search).toBe('?q=zeppelin&order=oldest&type=discussion');
    expect(await page.locator('main img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

test('without a query, the page explains what can be searched for, in German too', async () => {
  const { page } = await forum().open({ locale: 'de-DE', javaScriptEnabled: false });
  await page.goto(`${forum().app.url}/search?q=+`);
  await page.getByRole('heading', { level: 1, name: 'Suche' }).waitFor();
  await page.getByText('Schreiben Sie in das Feld oben').waitFor();
  expect(await page.getByText('ohne dieses Wort').isVisible()).toBe(true);
});

test('a cursor of another search is refused with a page', async () => {
  const response = await fetch(`${forum().app.url}/search?q=zeppelin&after=nonsense`);
  expect(response.status).toBe(422);
});

test('a comment that a qualifier alone has found shows the beginning of its text', async () => {
  const response = await fetch(`${forum().app.url}/search?q=is:answered&type=comment`);
  const texts = [...(await response.text()).matchAll(/row__text--found" dir="auto">([^<]*)/g)];
  expect(texts.length).toBeGreaterThan(0);
  for (const [, text = ''] of texts) expect(text.trim()).not.toBe('');
});

test.each([
  ['', 'tag:api', 'tag:api'],
  ['sso', 'tag:api', 'tag:api sso'],
  ['tag:api sso', 'tag:api', 'sso'],
  ['sso  tag:api x', 'tag:api', 'sso x'],
  ['"tag:api x"', 'tag:api', 'tag:api "tag:api x"'],
  ['"an unfinished tag:api', 'tag:api', 'tag:api "an unfinished tag:api'],
  ['tag:api,sso', 'tag:api', 'tag:api tag:api,sso'],
  ['-tag:api', 'tag:api', 'tag:api -tag:api'],
])('toggles a qualifier in %j: %s', (query, qualifier, toggled) => {
  expect(toggleQualifier(query, qualifier)).toBe(toggled);
  expect(hasQualifier(toggled, qualifier)).toBe(!hasQualifier(query, qualifier));
});
