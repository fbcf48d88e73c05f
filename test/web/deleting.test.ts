// Moderators delete what others have written, with a reason or without.
import { describe, expect, test } from 'vitest';
import { useForum } from './forum.ts';
import { act, ask, moderator, say } from './moderators.ts';

const forum = useForum();

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  async function open(locale = 'en') {
    const visit = await forum().open({ javaScriptEnabled, locale });
    await visit.signInAs(await moderator(forum(), 'Remover'));
    return visit;
  }

  test('a moderator deletes a discussion with a reason, which the page for those who can restore it shows', async () => {
    const owner = await forum().account('Author of it');
    const about = await ask(forum(), owner.token, `Buy my things (${javaScriptEnabled})`);
    const { page, complaints } = await open();
    await page.goto(forum().app.url + about.path);
    await page.locator('summary[aria-label="More for this question"]').click();
    await page.locator('.question .menu').getByRole('link', { name: 'Delete' }).click();
    const reason = page.getByLabel('Reason (optional)');
    await reason.evaluate((field) => field.removeAttribute('maxlength'));
    const long = 'Spam. '.repeat(100).trim();
    await reason.fill(long);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.locator('#reason-problem').waitFor();
    expect(await reason.inputValue()).toBe(long);
    await reason.fill('It sells things.');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('The discussion was deleted.').waitFor();
    await page.goto(forum().app.url + about.path);
    await page.getByRole('heading', { level: 1, name: 'This discussion was deleted' }).waitFor();
    await page.locator('.facts').getByText('It sells things.').waitFor();
    expect(complaints).toEqual([]);
  });

  test('a moderator deletes a comment with a reason in German, and returns to the page that they were on', async () => {
    const owner = await forum().account('Author of one');
    const about = await ask(forum(), owner.token, `Comments to moderate (${javaScriptEnabled})`);
    const commentId = await say(forum(), owner.token, about.id, 'Call this number.');
    const { page, complaints } = await open('de-DE');
    await page.goto(`${forum().app.url}${about.path}?order=oldest`);
    await page.locator(`[id="${commentId}"] .menu summary`).click();
    await page.locator(`[id="${commentId}"]`).getByRole('link', { name: 'Löschen' }).click();
    await page.getByText('Call this number.').waitFor();
    await page.getByLabel('Grund (freiwillig)').fill('Enthält eine Telefonnummer.');
    await page.getByRole('button', { name: 'Löschen' }).click();
    await page.getByText('Der Kommentar wurde gelöscht.').waitFor();
    expect(new URL(page.url()).search).toBe(`?order=oldest&deleted=${commentId}`);
    await page.goto(`${forum().app.url}${about.path}/comments/${commentId}`);
    await page.locator('.facts').getByText('Enthält eine Telefonnummer.').waitFor();
    expect(complaints).toEqual([]);
  });
});

test('without a reason it is deleted too, and the form is refused to whom deleting is not permitted', async () => {
  const [owner, other] = [await forum().account('Owner'), await forum().account('Other')];
  const judge = await moderator(forum(), 'Without a reason');
  const about = await ask(forum(), owner.token, 'Deleted without a reason');
  const commentId = await say(forum(), owner.token, about.id, 'Deleted too.');
  const forms = [`/comments/${commentId}/delete`, `${about.path}/moderate?action=delete`] as const;
  const statusOf = async (path: string, token: string, body: URLSearchParams | null = null) => {
    const headers = { cookie: `parley_session=${token}`, origin: forum().app.url, accept: 'text/html' };
    const method = body === null ? 'GET' : 'POST';
    return (await fetch(forum().app.url + path, { method, headers, body, redirect: 'manual' })).status;
  };
  for (const form of forms) expect([form, await statusOf(form, other.token)]).toEqual([form, 403]);
  const fields = { discussion: about.id, action: 'delete', reason: '  ', return: about.path };
  for (const [form, gone] of [
    [forms[0], `${about.path}/comments/${commentId}`],
    [forms[1], about.path],
  ] as const) {
    expect(await statusOf(form, other.token, new URLSearchParams(fields))).toBe(403);
    expect(await statusOf(form, judge.token, new URLSearchParams(fields))).toBe(303);
    expect([gone, await statusOf(gone, judge.token)]).toEqual([gone, 410]);
  }
});

test('the form of a comment that is deleted already leads to who has deleted it', async () => {
  const owner = await forum().account('Owner of a thread');
  const about = await ask(forum(), owner.token, 'Deleted before');
  const commentId = await say(forum(), owner.token, about.id, 'Gone.');
  await say(forum(), owner.token, about.id, 'A reply.', commentId);
  await act(forum(), owner.token, 'deleteComment', { commentId });
  const visit = await forum().open();
  await visit.signInAs(await moderator(forum(), 'Too late'));
  await visit.page.goto(`${forum().app.url}/comments/${commentId}/delete`);
  expect(new URL(visit.page.url()).pathname).toBe(`${about.path}/comments/${commentId}`);
});
