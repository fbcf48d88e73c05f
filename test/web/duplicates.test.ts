// Discussions that are marked as duplicates: the way to the original, and the form that names it.
import { describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { useForum } from './forum.ts';
import { act, ask, moderator } from './moderators.ts';

const forum = useForum();

async function stateOf(slug: string) {
  const query = `query ($slug: String!) { discussion(slug: $slug) { closeReason duplicateOf { slug } } }`;
  return (await send(forum().app, query, { variables: { slug } })).body.data.discussion;
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a moderator names the original when they close, readers find it, and the mark can be removed', async () => {
    const word = javaScriptEnabled ? 'numbat' : 'quoll';
    const judge = await moderator(forum(), 'Closer');
    const twin = await ask(forum(), judge.token, `Does the ${word} eat ants?`);
    const original = await ask(forum(), judge.token, `What the ${word} eats`);
    const { page, signInAs, complaints } = await forum().open({ javaScriptEnabled });
    await signInAs(judge);
    await page.goto(`${forum().app.url}${twin.path}/moderate?action=close`);
    const reasons = await page.getByLabel('Reason').locator('option').allTextContents();
    expect(reasons).toEqual(['No reason', 'Answered', 'Outdated']);
    await page.getByRole('link', { name: 'Mark it as a duplicate' }).click();
    await page.getByLabel('The other discussion').fill(twin.path);
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
    await page.locator('#find-problem', { hasText: 'duplicate of itself' }).waitFor();
    await page.getByLabel('The other discussion').fill(`what ${word}`);
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: `What the ${word} eats` }).click();
    await page.getByRole('button', { name: 'Mark as duplicate' }).click();
    await page.getByRole('heading', { level: 1, name: `Does the ${word} eat ants?` }).waitFor();
    expect(await stateOf(twin.slug)).toEqual({
      closeReason: 'DUPLICATE',
      duplicateOf: { slug: original.slug },
    });

    const guest = await forum().open({ javaScriptEnabled });
    await guest.page.goto(forum().app.url + twin.path);
    await guest.page
      .locator('.note')
      .getByRole('link', { name: `What the ${word} eats` })
      .click();
    await guest.page.getByRole('heading', { level: 1, name: `What the ${word} eats` }).waitFor();

    await page.locator('summary[aria-label="More for this question"]').click();
    // it is closed as a duplicate: one button takes both back
    expect(await page.locator('.question .menu').getByRole('button', { name: 'Reopen' }).count()).toBe(1);
    await page.locator('.question .menu').getByRole('button', { name: 'Reopen: not a duplicate' }).click();
    await page.locator('.question .menu a', { hasText: 'Mark as duplicate' }).waitFor({
      state: 'attached',
    });
    expect(await stateOf(twin.slug)).toEqual({ closeReason: null, duplicateOf: null });
    expect([complaints, guest.complaints]).toEqual([[], []]);
  });
});

test('a refused mark is shown beside the discussion that it is about', async () => {
  const judge = await moderator(forum(), 'Circular');
  const first = await ask(forum(), judge.token, 'First of a circle');
  const second = await ask(forum(), judge.token, 'Second of a circle');
  await act(forum(), judge.token, 'markDuplicate', { discussionId: second.id, originalId: first.id });
  const { page, signInAs } = await forum().open();
  await signInAs(judge);
  await page.goto(`${forum().app.url}${first.path}/duplicate?of=${second.slug}`);
  await page.getByRole('button', { name: 'Mark as duplicate' }).click();
  await page.locator('.side--problem', { hasText: 'The original' }).locator('.problem').waitFor();
  expect((await stateOf(first.slug)).duplicateOf).toBeNull();
});

test('a member who lacks the right is offered no mark, and is told why at the address of the form', async () => {
  const owner = await forum().account('Asker');
  const about = await ask(forum(), owner.token, 'Not to be marked by others');
  const { page, signInAs } = await forum().open();
  await signInAs(await forum().account('Passer-by'));
  await page.goto(forum().app.url + about.path);
  expect(await page.getByText('Mark as duplicate').count()).toBe(0);
  const response = await page.goto(`${forum().app.url}${about.path}/duplicate`);
  expect(response?.status()).toBe(403);
});
