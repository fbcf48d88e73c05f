import { describe, expect, test } from 'vitest';
import type { Account } from './forum.ts';
import { useForum } from './forum.ts';
import { act, ask, moderator, say } from './moderators.ts';

const forum = useForum();

/** The status of a page, and its text. */
async function get(path: string, account: Account | null = null) {
  const cookie = account ? { cookie: `parley_session=${account.token}` } : {};
  const headers = { accept: 'text/html', ...cookie };
  const response = await fetch(forum().app.url + path, { headers, redirect: 'manual' });
  // what differs in any two pages for the same reader
  const html = (await response.text()).replaceAll(/name="key" value="[^"]*"/g, '');
  return { status: response.status, html };
}

test('a deleted discussion is 410 to those who can restore it; for all others its page is that of any unknown address', async () => {
  const [owner, other] = [await forum().account('Owner'), await forum().account('Other')];
  const judge = await moderator(forum(), 'Judge');
  const about = await ask(forum(), owner.token, 'A secret that was asked');
  const commentId = await say(forum(), owner.token, about.id, 'Told by mistake.');
  const readers = [null, owner, other];
  const reason = 'It names a customer';
  await act(forum(), judge.token, 'deleteDiscussion', { discussionId: about.id, reason });
  for (const path of [about.path, `${about.path}/comments/${commentId}`]) {
    const unknown = path.replace(about.slug, 'no-such-thing').replace(commentId, 'C_none');
    for (const reader of readers) {
      const [gone, never] = [await get(path, reader), await get(unknown, reader)];
      expect([gone.status, never.status]).toEqual([404, 404]);
      expect(gone.html.replaceAll(about.slug, 'no-such-thing').replaceAll(commentId, 'C_none')).toBe(
        never.html,
      );
      expect(gone.html).not.toMatch(/secret that was|customer|mistake|Judge/);
    }
    const { status, html } = await get(path, judge);
    expect(status).toBe(410);
    for (const part of ['A secret that was asked', reason, 'Judge', '<meta name="robots" content="noindex"'])
      expect(html).toContain(part);
  }
});

test('an author who deleted their discussion themselves gets 410 too', async () => {
  const owner = await forum().account('Regretter');
  const about = await ask(forum(), owner.token, 'Never mind this');
  await act(forum(), owner.token, 'deleteDiscussion', { discussionId: about.id });
  expect((await get(about.path, owner)).status).toBe(410);
  expect((await get(about.path)).status).toBe(404);
});

test('a deleted comment with replies is 410 to everyone, with the replies; without replies it is one only to those who can restore it', async () => {
  const [owner, other] = [await forum().account('Writer'), await forum().account('Listener')];
  const about = await ask(forum(), owner.token, 'Comments that go');
  const [above, alone] = [
    await say(forum(), owner.token, about.id, 'Taken back, with a reply.'),
    await say(forum(), owner.token, about.id, 'Taken back, alone.'),
  ];
  await say(forum(), other.token, about.id, 'The reply stays.', above);
  const pathOf = (id: string) => `${about.path}/comments/${id}`;
  for (const id of [above, alone]) expect((await get(pathOf(id))).status).toBe(200);
  for (const commentId of [above, alone]) await act(forum(), owner.token, 'deleteComment', { commentId });
  for (const reader of [null, other]) {
    const tombstone = await get(pathOf(above), reader);
    expect(tombstone.status).toBe(410);
    expect(tombstone.html).toContain('The reply stays.');
    expect(tombstone.html).toContain('<meta name="robots" content="noindex"');
    expect(tombstone.html).not.toMatch(/Taken back|Restore/);
    expect((await get(pathOf(alone), reader)).status).toBe(404);
  }
  for (const id of [above, alone]) {
    const { status, html } = await get(pathOf(id), owner);
    expect([status, html.includes('Deleted by'), html.includes('Restore')]).toEqual([410, true, true]);
  }
  expect((await get(pathOf(alone).replace(about.slug, 'another'), owner)).status).toBe(404);
});

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a moderator restores a discussion and a comment on the pages that say that they were deleted', async () => {
    const owner = await forum().account('Author');
    const { page, signInAs, complaints } = await forum().open({ javaScriptEnabled });
    const judge = await moderator(forum(), 'Restorer');
    await signInAs(judge);
    const about = await ask(forum(), owner.token, `Deleted by mistake (${javaScriptEnabled})`);
    const commentId = await say(forum(), owner.token, about.id, 'Deleted before.');
    await act(forum(), owner.token, 'deleteComment', { commentId });
    await act(forum(), judge.token, 'deleteDiscussion', { discussionId: about.id });
    await page.goto(forum().app.url + about.path);
    await page.getByRole('heading', { level: 1, name: 'This discussion was deleted' }).waitFor();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page
      .getByRole('heading', { level: 1, name: `Deleted by mistake (${javaScriptEnabled})` })
      .waitFor();
    await page.goto(`${forum().app.url}${about.path}/comments/${commentId}`);
    await page.getByRole('heading', { level: 1, name: 'This comment was deleted' }).waitFor();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.locator(`[id="${commentId}"] .prose`, { hasText: 'Deleted before.' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
