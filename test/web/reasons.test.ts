// What the API refuses, and why, in the reader's language.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { translateSentence } from '../../web/src/language/api-sentences.ts';
import { useForum } from './forum.ts';
import { act, ask, say } from './moderators.ts';

const forum = useForum();
const translations: Record<string, string> = JSON.parse(
  readFileSync(path.join(packageRoot, 'web/messages/api/de.json'), 'utf8'),
);

/** The sentences in the API's sources, as patterns: their values match anything. */
function patterns(): RegExp[] {
  const folder = path.join(packageRoot, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('generated'),
  );
  return files.flatMap((name) =>
    [...readFileSync(path.join(folder, name), 'utf8').matchAll(/'([^'\n]{9,})'|`([^`\n]{9,})`/g)]
      .map(([, plain, template]) => plain ?? template ?? '')
      .filter((sentence) => / .*\.$/.test(sentence) && sentence.replace(/\$\{[^}]*\}/g, '').length > 12)
      .map((sentence) => {
        const parts = sentence.split(/"?\$\{[^}]*\}"?|\d+(?:[.,]\d+)*/);
        return new RegExp(`^${parts.map((part) => part.replace(/[.*+?()|[\]\\/^$]/g, '\\$&')).join('.+')}$`);
      }),
  );
}

test('each sentence that has a translation is one of the API’s, and has the same values', () => {
  const known = patterns();
  expect(known.some((pattern) => pattern.test('This is not one of the sentences.'))).toBe(false);
  const sentences = Object.keys(translations);
  expect(sentences.filter((sentence) => !known.some((pattern) => pattern.test(sentence)))).toEqual([]);
  const count = (text: string) => text.split('#').length;
  expect(sentences.filter((one) => count(translations[one] ?? '') > count(one))).toEqual([]);
});

test('numbers and quoted values of a sentence are those of its translation', () => {
  const sentence = 'A title has at most 300 characters, not 1,301.';
  expect(translateSentence('de', sentence)).toBe('Ein Titel hat höchstens 300 Zeichen, nicht 1,301.');
  expect(translateSentence('en', sentence)).toBe(sentence);
  expect(translateSentence('de', 'Something new.')).toBeNull();
});

test('a German reader is told in German what is refused, and why', async () => {
  const owner = await forum().account('Besitzer');
  const about = await ask(forum(), owner.token, 'Wer darf was?');
  await say(forum(), owner.token, about.id, 'Ein Kommentar.');
  const { page, signInAs, complaints } = await forum().open({ locale: 'de', javaScriptEnabled: false });
  await signInAs(owner);
  const { url } = forum().app;
  await page.goto(`${url}${about.path}/merge`);
  await page.getByText('Nur ein Moderator kann eine Diskussion zusammenführen').waitFor();
  await page.goto(`${url}/ask`);
  await page.getByLabel('Ihre Frage').fill(' ');
  await page.locator('textarea[name="body"]').fill(' ');
  await page.getByRole('button', { name: 'Frage absenden' }).click();
  await page.locator('#title-problem', { hasText: 'Ein Titel darf nicht leer sein.' }).waitFor();
  await act(forum(), await forum().admin(), 'lockDiscussion', { discussionId: about.id });
  await page.goto(url + about.path);
  await page.locator('.end .note', { hasText: 'Diese Diskussion ist gesperrt: Es kann nichts' }).waitFor();
  const title = await page.locator('.question .vote button').first().getAttribute('title');
  expect(title).toMatch(/^(Über eigene Beiträge|Diese Diskussion ist gesperrt)/);
  expect(await page.locator('.menu__refused small').first().textContent()).toMatch(/gesperrt/);
  expect(await page.locator('[lang="en"]:not(button, html)').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('a sentence without a translation is marked as English, and what the front end says itself is not', async () => {
  const { createFrontEnd } = await import(pathToFileURL(path.join(packageRoot, 'dist/web/server.js')).href);
  const errors = [{ message: 'Something new.', extensions: { code: 'FORBIDDEN' } }];
  const frontEnd = createFrontEnd(
    {
      askApi: async () => JSON.stringify({ data: null, errors }),
      ...{ siteName: 'Test', siteUrl: 'http://localhost', onFault: () => undefined },
    },
    pathToFileURL(path.join(packageRoot, 'dist/web/')),
  );
  const page = async (language: string) => {
    const headers = { 'accept-language': language };
    return String(
      (await frontEnd.answer({ method: 'GET', url: '/', headers, form: null, address: '' })).body,
    );
  };
  expect(await page('de')).toContain('<p><span lang="en">Something new.</span></p>');
  expect(await page('en')).toContain('<p>Something new.</p>');
});
