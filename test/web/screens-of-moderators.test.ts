import { beforeAll, describe, expect, test } from 'vitest';
import { axeFindings, overflowOf } from './axe.ts';
import { type Account, useForum } from './forum.ts';
import { act, ask, moderator, say } from './moderators.ts';

const forum = useForum();
const LONG = 'what-is-the-first-setting-you-change-in-a-new-tallybook-account';
const SLUG = 'tallybook-or-a-spreadsheet-for-a-three-person-shop';

let judge: Account;
const made: Record<string, string> = {};

beforeAll(async () => {
  judge = await moderator(forum(), 'Justine Judge');
  const { token } = judge;
  const word = 'Donaudampfschifffahrtsgesellschaftskapitän';
  const long = await ask(forum(), token, word.repeat(7), { body: word.repeat(9) });
  await say(forum(), token, long.id, word.repeat(9));
  Object.assign(made, { LONG: long.slug });
  const gone = await ask(forum(), token, `Gone: ${word.repeat(4)}`);
  await act(forum(), token, 'deleteDiscussion', { discussionId: gone.id, reason: word.repeat(8) });
  const commentId = await say(forum(), token, long.id, 'Deleted.');
  await say(forum(), token, long.id, 'A reply.', commentId);
  await act(forum(), token, 'deleteComment', { commentId });
  const merged = await ask(forum(), token, `Merged: ${word.repeat(4)}`);
  await act(forum(), token, 'mergeDiscussions', { sourceId: merged.id, destinationId: long.id });
  const commentIds = [await say(forum(), token, long.id, 'Split off.')];
  await act(forum(), token, 'splitDiscussion', { commentIds, title: `Split: ${word.repeat(4)}` });
  Object.assign(made, { GONE: gone.slug, COMMENT: commentId });
});

describe.each(['light', 'dark'] as const)('to a moderator in %s', (colorScheme) => {
  test.each([
    ['the form to lock', `/discussions/${SLUG}/moderate?action=lock`],
    ['the form to move', `/discussions/${SLUG}/move`],
    ['similar discussions to merge into', `/discussions/${SLUG}/merge`],
    ['discussions that a search finds to merge into', `/discussions/${SLUG}/merge?find=tallybook`],
    ['nothing to merge into', `/discussions/${SLUG}/merge?find=talybok+xyzzy`],
    ['both sides of a merge', `/discussions/${SLUG}/merge?into=LONG`],
    ['a choice that cannot be merged into', `/discussions/${SLUG}/merge?into=none`],
    ['the form to split', `/discussions/${LONG}/split`],
    ['the form to split a long word', '/discussions/LONG/split'],
    ['a discussion that was merged and split', '/discussions/LONG'],
    ['a deleted discussion', '/discussions/GONE'],
    ['a deleted comment with replies', '/discussions/LONG/comments/COMMENT'],
  ])('%s has nothing that axe finds, at 1280 and at 320 pixels', async (_name, path) => {
    for (const width of [1280, 320]) {
      const { page, complaints, signInAs } = await forum().open({
        colorScheme,
        viewport: { width, height: 800 },
      });
      await signInAs(judge);
      await page.goto(forum().app.url + path.replace(/[A-Z]{4,}/g, (name) => made[name] ?? name));
      for (const menu of await page.locator('details.menu > summary').all())
        await menu.evaluate('(e) => { e.parentElement.open = true }');
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      expect(complaints).toEqual([]);
    }
  });
});

test('the menu of a question opens inside of a window of 390 pixels', async () => {
  const { page, signInAs } = await forum().open({ viewport: { width: 390, height: 800 } });
  await signInAs(judge);
  await page.goto(`${forum().app.url}/discussions/${SLUG}`);
  await page.locator('.question details.menu > summary').click();
  await page.locator('.question').getByRole('link', { name: 'Merge' }).waitFor();
  expect(await overflowOf(page)).toBe(0);
});
