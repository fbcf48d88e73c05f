import { describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { axeFindings, overflowOf } from './axe.ts';
import { useForum } from './forum.ts';

const forum = useForum();

const SCREENS = [
  ['the list', '/'],
  ['the list of a window', '/?order=top&window=year&answered=yes'],
  ['a list without discussions', '/?category=none'],
  ['a category', '/categories/security-compliance'],
  ['a discussion with an answer', '/discussions/how-does-relaydesk-cope-when-a-team-grows-past-fifty-agents'],
  ['a long discussion', '/discussions/what-is-the-first-setting-you-change-in-a-new-tallybook-account'],
  ['a locked discussion', '/discussions/why-does-every-help-desk-think-it-needs-a-chatbot'],
  ['a search', '/search?q=tallybook'],
  ['a search that finds nothing', '/search?q=is:popular+talybok+xyzzy'],
  ['a search without a query', '/search'],
  ['the sign-in', '/sign-in'],
  ['the sign-up', '/sign-up'],
  ['a forgotten password', '/forgot-password'],
  ['a forgotten password after the e-mail', '/forgot-password?sent=yes'],
  ['a new password', '/reset-password?token=none'],
  ['an incomplete link', '/reset-password'],
  ['the sign-in after a new password', '/sign-in?reset=yes'],
  ['a confirmation', '/confirm-email?token=none'],
  ['a confirmed address', '/confirm-email?done=yes'],
  ['an address that nothing has', '/nothing/here'],
] as const;

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each(SCREENS)('%s has nothing that axe finds, at 1280 and at 320 pixels', async (_name, path) => {
    for (const width of [1280, 320]) {
      const { page, complaints } = await forum().open({ colorScheme, viewport: { width, height: 800 } });
      await page.goto(forum().app.url + path);
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      expect(complaints).toEqual([]);
    }
  });
});

describe.each(['light', 'dark'] as const)('to a member in %s', (colorScheme) => {
  test.each([
    ['the form for a question', '/ask'],
    ['a history', '/discussions/tallybook-or-a-spreadsheet-for-a-three-person-shop/history'],
    ['a discussion', '/discussions/what-is-the-first-setting-you-change-in-a-new-tallybook-account'],
    ['the profile', '/account'],
    ['the sign-in settings', '/account/security?done=sent'],
    ['the API keys', '/account/api-keys?done=revoked'],
    ['the bookmarks', '/bookmarks'],
  ])('%s has nothing that axe finds, with its menus open', async (_name, path) => {
    for (const width of [1280, 320]) {
      const { page, complaints, signInAs } = await forum().open({
        colorScheme,
        viewport: { width, height: 800 },
      });
      await signInAs(await forum().account('Axel'));
      await page.goto(forum().app.url + path);
      for (const menu of await page.locator('details.menu > summary').all())
        await menu.evaluate('(e) => { e.parentElement.open = true }');
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      expect(complaints).toEqual([]);
    }
  });
});

test.each(['light', 'dark'] as const)(
  'names and titles of one long word fit into 320 pixels in %s',
  async (colorScheme) => {
    const word = 'Donaudampfschifffahrtsgesellschaftskapitän';
    const { token } = await forum().account(word + word);
    const query =
      'mutation ($input: CreateDiscussionInput!) { createDiscussion(input: $input) { discussion { id slug } } }';
    const variables = { input: { title: word.repeat(7), body: `${word.repeat(20)} \`${word.repeat(3)}\`` } };
    const made = await send(forum().app, query, { key: token, variables });
    const { id, slug } = made.body.data.createDiscussion.discussion;
    const comment = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }';
    await send(forum().app, comment, {
      key: token,
      variables: { input: { discussionId: id, body: word.repeat(9) } },
    });
    const { page } = await forum().open({ colorScheme, viewport: { width: 320, height: 800 } });
    for (const path of ['/?order=newest', `/discussions/${slug}`, `/discussions/${slug}/history`]) {
      await page.goto(forum().app.url + path);
      expect([path, await overflowOf(page)]).toEqual([path, 0]);
    }
    expect(await axeFindings(page)).toEqual([]);
  },
);

test('speaks German to a reader who prefers it, and what they choose to one who chooses', async () => {
  const { page } = await forum().open({ locale: 'de-AT' });
  await page.goto(forum().app.url);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Diskussionen');
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Discussions' }).waitFor();
});

test('is dark for a reader who chooses so, before any script runs', async () => {
  const { page } = await forum().open({ colorScheme: 'light', javaScriptEnabled: false });
  await page.goto(`${forum().app.url}/sign-in`);
  await page.getByRole('button', { name: 'Dark' }).click();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
});
