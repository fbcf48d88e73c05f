// Every text is posted as title and body through the API, read back, and its HTML opened in Chromium.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UNICODE_SLUG } from '../../../src/text/slug.ts';
import { chromiumPath, startBrowser } from '../../browser/chromium.ts';
import { engines } from '../../support/database.ts';
import { type Answer, type Forum, openForum } from '../../support/forum.ts';
import { lists, listsTitle } from './lists.ts';
import { nowhere, onManyLines, onOneLine } from './ours.ts';
import { watchPage } from './watched-page.ts';

const RETURNS = 'discussion { title body bodyHTML bodyText slug url }';
/** Fragments on one page. */
const PAGE = 400;
/** Requests under way at once. */
const AT_ONCE = 16;

interface Posted {
  readonly text: string;
  /** Where it stands now; null: refused there. */
  readonly title: string | null;
  readonly body: string | null;
  readonly html: string;
  readonly slug: string;
  /** What the title and the body were refused with. */
  readonly refusals: readonly { readonly code: string; readonly field?: string }[];
}

async function post(forum: Forum, text: string): Promise<Posted> {
  const ada = forum.as('ada');
  const refusals: { code: string; field?: string }[] = [];
  const asTitle = await ada.do('createDiscussion', { title: text, body: text }, RETURNS);
  const refusedIn = (answer: Answer) => {
    for (const error of answer.errors ?? []) {
      const { code, field } = error.extensions;
      refusals.push({ code, ...(field && { field }) });
    }
    return answer.errors !== undefined;
  };
  let answer = asTitle;
  if (refusedIn(asTitle)) {
    answer = await ada.do('createDiscussion', { title: 'A title?', body: text }, RETURNS);
    if (refusedIn(answer)) return { text, title: null, body: null, html: '', slug: '', refusals };
  }
  const { title, body, bodyHTML, slug } = answer.data.createDiscussion.discussion;
  return { text, title: answer === asTitle ? title : null, body, html: bodyHTML, slug, refusals };
}

async function postAll(forum: Forum, texts: readonly string[]): Promise<Posted[]> {
  const posted: Posted[] = [];
  let next = 0;
  const postOn = async () => {
    for (let n = next++; n < texts.length; n = next++) posted[n] = await post(forum, texts[n] ?? '');
  };
  await forum.as('ada').token();
  await Promise.all(Array.from({ length: AT_ONCE }, postOn));
  return posted;
}

const refusedFor = (field: string) => ({ code: 'BAD_USER_INPUT', field });

/** What is not as it was sent, but for Unicode's normal form and a title's blanks, and not refused for a reason. */
function changedIn(posted: readonly Posted[]): string[] {
  return posted.flatMap(({ text, title, body, slug, refusals }) => {
    const wanted = text.normalize('NFC');
    const isTitle = title === wanted.trim() || (title === null && refusals[0]?.code === 'BAD_USER_INPUT');
    const isBody = body === wanted || (body === null && refusals[1]?.code === 'BAD_USER_INPUT');
    const isSlug = body === null || UNICODE_SLUG.test(slug);
    return isTitle && isBody && isSlug ? [] : [JSON.stringify({ text, title, body, slug, refusals })];
  });
}

/** Those who are named have other ids in every forum. */
const nobody = (html: string) => html.replaceAll(/data-author="[^"]*"/g, '');

/** What a browser has been shown, by its source. */
const shown = new Map<string, string>();

/** Opens what was posted; what another engine has given already must be the same here, and is not opened again. */
async function watchAll(posted: readonly Posted[]): Promise<void> {
  for (const { text, html } of posted) expect(nobody(html)).toBe(nobody(shown.get(text) ?? html));
  const fresh = posted.filter(({ text, html }) => html !== '' && !shown.has(text));
  for (const { text, html } of fresh) shown.set(text, html);
  for (let from = 0; browser && from < fresh.length; from += PAGE) {
    const fragments = fresh.slice(from, from + PAGE).map(({ html }) => html);
    const nothing = { scripts: [], requests: [], acts: [], strange: [] };
    expect(await watchPage(browser, fragments)).toEqual(nothing);
  }
}

const isBrowserHere = chromiumPath !== undefined;
let browser: Browser | undefined;
beforeAll(async () => {
  if (isBrowserHere) browser = await startBrowser();
});
afterAll(() => browser?.close());

/** No text has an image from this host: with it, nothing else may come through. */
const cases = engines.flatMap((engine) => [
  { engine, imageHosts: [] },
  { engine, imageHosts: ['images.example'] },
]);

describe.each(cases)('on $engine with images from $imageHosts', ({ engine, imageHosts }) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty', { imageHosts });
  });
  afterAll(() => forum.close());

  describe('a text of each class', () => {
    test('that fits into a line is kept as title and as body, and acts in no browser', async () => {
      const posted = await postAll(forum, onOneLine);
      expect(posted.flatMap(({ refusals }) => refusals)).toEqual([]);
      expect(changedIn(posted)).toEqual([]);
      await watchAll(posted);
    });

    test('that has lines, or is long, is kept as body and refused as title, and acts in no browser', async () => {
      const posted = await postAll(forum, onManyLines);
      for (const { refusals } of posted) expect(refusals).toEqual([refusedFor('input.title')]);
      expect(changedIn(posted)).toEqual([]);
      await watchAll(posted);
    });

    test.each(nowhere.map((text) => [JSON.stringify(text).slice(0, 40), text]))(
      'that must not be is refused everywhere: %s',
      async (_, text) => {
        const before = await forum.ask('{ discussions { totalCount } }');
        const { refusals, body } = await post(forum, text);
        expect(body).toBe(null);
        expect(refusals.map(({ code }) => code)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
        expect(refusals[0]?.field).toMatch(/input\.title$/);
        expect(refusals[1]?.field).toMatch(/input\.body$/);
        expect(await forum.ask('{ discussions { totalCount } }')).toEqual(before);
      },
    );
  });

  describe.skipIf(lists.length === 0 || imageHosts.length > 0)(listsTitle, () => {
    test.each(lists)(
      '%s',
      async (_, texts) => {
        const posted = await postAll(forum, texts);
        expect(changedIn(posted)).toEqual([]);
        const isTitle = posted.filter(({ title }) => title !== null).length;
        process.stdout.write(`${texts.length} texts, ${isTitle} of them titles\n`);
        await watchAll(posted);
      },
      600_000,
    );
  });
});

describe.skipIf(!isBrowserHere)('the watch itself (skipped where no browser is found)', () => {
  test.each([
    ['a script', '<script>let a = 1</script>', 'scripts'],
    ['an event handler that runs by itself', '<img src="data:," onerror="a = 1">', 'scripts'],
    ['an image', '<img src="https://b.example/x.png">', 'requests'],
    ['a style sheet', '<link rel="stylesheet" href="https://b.example/x.css">', 'requests'],
    ['a dialog', '<script>alert(1)</script>', 'acts'],
    ['a refresh', '<meta http-equiv="refresh" content="0;url=https://b.example/">', 'requests'],
    ['an event handler that waits for a click', '<p onclick="a = 1">x</p>', 'strange'],
    ['a javascript link', '<a href="javascript:a = 1">x</a>', 'strange'],
    ['a frame', '<iframe></iframe>', 'strange'],
  ] as const)('notices %s', async (_, html, kind) => {
    const seen = await watchPage(browser as Browser, ['<p>x</p>', html]);
    expect(seen[kind]).not.toEqual([]);
  });
});
