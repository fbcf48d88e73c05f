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

/** Sentences that no page causes, by what they contain. */
const NEVER_SHOWN = [
  'external',
  'cannot be null',
  'The discussion has comments.',
  'No tag has the slug',
  'A filter has at most',
  'createdAfter',
  'EXCERPT_LENGTH_MAX',
  'Give exactly one of',
  'No discussion has the',
  'expiresAt',
  'U+0000',
];

/** The sentences in some of the API's sources, with a pattern of each: its values match anything. */
function sentencesIn(sources: RegExp): { sentence: string; pattern: RegExp }[] {
  const folder = path.join(packageRoot, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && sources.test(name),
  );
  return files.flatMap((name) =>
    [...readFileSync(path.join(folder, name), 'utf8').matchAll(/'([^'\n]{9,})'|`([^`\n]{9,})`/g)]
      .map(([, plain, template]) => plain ?? template ?? '')
      .filter((sentence) => / .*\.$/.test(sentence) && sentence.replace(/\$\{[^}]*\}/g, '').length > 12)
      .map((sentence) => {
        const parts = sentence.split(/"?\$\{[^}]*\}"?|\d+(?:[.,]\d+)*/);
        const escaped = parts.map((part) => part.replace(/[.*+?()|[\]\\/^$]/g, '\\$&'));
        return { sentence, pattern: new RegExp(`^${escaped.join('.+')}$`) };
      }),
  );
}

test('each sentence that has a translation is one of the API’s, and has the same values', () => {
  const known = sentencesIn(/^(?!generated)/).map(({ pattern }) => pattern);
  expect(known.some((pattern) => pattern.test('This is not one of the sentences.'))).toBe(false);
  const sentences = Object.keys(translations);
  expect(sentences.filter((sentence) => !known.some((pattern) => pattern.test(sentence)))).toEqual([]);
  const count = (text: string) => text.split('#').length;
  expect(sentences.filter((one) => count(translations[one] ?? '') > count(one))).toEqual([]);
});

test('each sentence about discussions, comments and their texts has a translation, unless no page causes it', () => {
  const needed = sentencesIn(/^(?:forum\/(?:merge|comment|discussion)\/|text\/text-rules)/).filter(
    ({ sentence }) => !NEVER_SHOWN.some((part) => sentence.includes(part)),
  );
  expect(needed.length).toBeGreaterThan(60);
  const translated = Object.keys(translations);
  const isTranslated = (pattern: RegExp) => translated.some((one) => pattern.test(one));
  expect(needed.filter(({ pattern }) => !isTranslated(pattern)).map(({ sentence }) => sentence)).toEqual([]);
});

test('a translation has the numbers of its sentence, as the language writes them, and the quoted values', () => {
  for (const count of ['1301', '1,301'])
    expect(translateSentence('de', `A title has at most 300 characters, not ${count}.`)).toBe(
      'Ein Titel hat höchstens 300 Zeichen, nicht 1.301.',
    );
  const sentence = 'A title has at most 300 characters, not 1301.';
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
  await page.getByText('Nur ein Moderator dieser Diskussion kann sie zusammenführen').waitFor();
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

test('a locked discussion offers guests and members nothing that the lock refuses', async () => {
  const owner = await forum().account('Locked');
  const about = await ask(forum(), owner.token, 'Closed, then locked');
  const id = await say(forum(), owner.token, about.id, 'A comment.');
  const admin = await forum().admin();
  const visit = async (path: string, token?: string) => {
    const headers = { accept: 'text/html', ...(token && { cookie: `parley_session=${token}` }) };
    const html = await (await fetch(forum().app.url + path, { headers })).text();
    return {
      forms: html.match(/<form class="write"/g)?.length ?? 0,
      links: html.match(/href="[^"]*#(write|reply-body)"/g)?.length ?? 0,
      votesOff: html.match(/aria-disabled="true" title="This discussion is locked/g)?.length ?? 0,
      canComment: html.includes('You can still comment.'),
    };
  };
  const { token } = await forum().account('Reader');
  await act(forum(), admin, 'closeDiscussion', { discussionId: about.id, reason: 'OUTDATED' });
  for (const reader of [undefined, token])
    expect(await visit(about.path, reader)).toEqual({ forms: 1, links: 2, votesOff: 0, canComment: true });
  await act(forum(), admin, 'lockDiscussion', { discussionId: about.id });
  for (const path of [about.path, `${about.path}?reply=${id}`, `${about.path}/comments/${id}`])
    for (const reader of [undefined, token])
      expect(await visit(path, reader)).toEqual({ forms: 0, links: 0, votesOff: 4, canComment: false });
});

test.each([
  ['beside it', true],
  ['on a page of its own without JavaScript', false],
])('a vote that is off says why when its button is pressed, %s', async (_where, javaScriptEnabled) => {
  const owner = await forum().account('Presser');
  const about = await ask(forum(), owner.token, 'Pressed');
  const { page, signInAs, complaints } = await forum().open({ javaScriptEnabled });
  await signInAs(owner);
  await page.goto(forum().app.url + about.path);
  await page.locator('.question .vote button >> nth=0').focus();
  await page.keyboard.press('Enter');
  const place = javaScriptEnabled
    ? page.locator('.question .acts').getByRole('status')
    : page.locator('main');
  await place.getByText('You cannot vote on your own posts.').waitFor();
  const path = javaScriptEnabled ? about.path : '/vote';
  expect([new URL(page.url()).pathname, complaints]).toEqual([path, []]);
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
