// Earlier texts in histories: authors and moderators restore them, moderators remove them.
import { describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { useForum } from './forum.ts';
import { act, ask, moderator, say } from './moderators.ts';

const forum = useForum();

/** The texts of a discussion's or a comment's revisions, newest first. */
async function textsOf(id: string): Promise<string[]> {
  const query = `query ($id: ID!) { node(id: $id) {
    ... on Discussion { revisions(first: 9) { nodes { body } } }
    ... on Comment { revisions(first: 9) { nodes { body } } }
  } }`;
  const { body } = await send(forum().app, query, { variables: { id } });
  return body.data.node.revisions.nodes.map((one: { body: string }) => one.body);
}

/** The ids of a discussion's newest revisions, newest first. */
async function idsOf(id: string): Promise<string[]> {
  const query = `query ($id: ID!) { node(id: $id) { ... on Discussion { revisions(first: 2) { nodes { id } } } } }`;
  const { body } = await send(forum().app, query, { variables: { id } });
  return body.data.node.revisions.nodes.map((one: { id: string }) => one.id);
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('an author restores an earlier text of their question and of their comment, and removes none', async () => {
    const owner = await forum().account('Regretful');
    const about = await ask(forum(), owner.token, `Restored (${javaScriptEnabled})`, { body: 'First text.' });
    await act(forum(), owner.token, 'updateDiscussion', { discussionId: about.id, body: 'Second text.' });
    const commentId = await say(forum(), owner.token, about.id, 'First comment.');
    await act(forum(), owner.token, 'updateComment', { commentId, body: 'Second comment.' });
    const { page, signInAs, complaints } = await forum().open({ javaScriptEnabled });
    await signInAs(owner);
    await page.goto(`${forum().app.url}${about.path}/history`);
    expect(await page.getByRole('link', { name: 'Remove this text' }).count()).toBe(0);
    // the present text has no button
    await page.getByRole('button', { name: 'Restore this text (Revision 1)' }).waitFor();
    expect(await page.getByRole('button', { name: 'Restore this text' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Restore this text' }).click();
    await page.locator('.question .prose', { hasText: 'First text.' }).waitFor();
    expect(await textsOf(about.id)).toEqual(['First text.', 'Second text.', 'First text.']);
    await page.goto(`${forum().app.url}/comments/${commentId}/history`);
    await page.getByRole('button', { name: 'Restore this text' }).click();
    await page.locator(`[id="${commentId}"] .prose`, { hasText: 'First comment.' }).waitFor();
    expect(await textsOf(commentId)).toEqual(['First comment.', 'Second comment.', 'First comment.']);
    expect(complaints).toEqual([]);
  });

  test('a moderator removes an earlier text after a page that says that this is for good', async () => {
    const owner = await forum().account('Leaky');
    const about = await ask(forum(), owner.token, `Removed (${javaScriptEnabled})`, { body: 'A secret.' });
    await act(forum(), owner.token, 'updateDiscussion', { discussionId: about.id, body: 'No secret.' });
    const commentId = await say(forum(), owner.token, about.id, 'Another secret.');
    await act(forum(), owner.token, 'updateComment', { commentId, body: 'None.' });
    const { page, signInAs, complaints } = await forum().open({ javaScriptEnabled });
    await signInAs(await moderator(forum(), 'Remover'));
    for (const [path, id, secret, now] of [
      [`${about.path}/history`, about.id, 'A secret.', 'No secret.'],
      [`/comments/${commentId}/history`, commentId, 'Another secret.', 'None.'],
    ] as const) {
      await page.goto(forum().app.url + path);
      await page.getByRole('link', { name: 'Remove this text (Revision 1)' }).click();
      await page.locator('.side__text', { hasText: secret }).waitFor();
      await page.getByText('nobody can restore it').waitFor();
      expect(await textsOf(id)).toEqual([now, secret]);
      await page.getByLabel('Reason').fill('A password');
      await page.getByRole('button', { name: 'Remove this text' }).click();
      await page.getByText('A moderator has removed this text.').waitFor();
      expect(new URL(page.url()).pathname).toBe(path);
      expect(await page.getByText('Remove this text').count()).toBe(0);
      expect(await textsOf(id)).toEqual([now, '']);
    }
    expect(complaints).toEqual([]);
  });
});

test('the form to remove shows how a long text begins, and leads to the history if there is nothing to remove', async () => {
  const { token } = await moderator(forum(), 'Reader of long texts');
  const long = `First line.\n${'a'.repeat(700)}`;
  const about = await ask(forum(), token, 'Long before', { body: long });
  await act(forum(), token, 'updateDiscussion', { discussionId: about.id, body: 'Short.' });
  const [present, first] = await idsOf(about.id);
  const get = async (path: string) => {
    const headers = { cookie: `parley_session=${token}`, accept: 'text/html' };
    const response = await fetch(forum().app.url + path, { headers, redirect: 'manual' });
    return { status: response.status, to: response.headers.get('location'), html: await response.text() };
  };
  const form = await get(`/revisions/${first}/redact`);
  expect(form.html).toContain(`>First line.\n${'a'.repeat(588)}…</p>`);
  const history = `${about.path}/history`;
  expect(await get(`/revisions/${present}/redact`)).toMatchObject({ status: 303, to: history });
  await act(forum(), token, 'redactDiscussionRevision', { discussionId: about.id, revision: 1 });
  expect(await get(`/revisions/${first}/redact`)).toMatchObject({ status: 303, to: history });
  // there is nothing any more to compare it with
  expect((await get(history)).html).toContain('<div class="diff" dir="auto">Short.</div>');
});

test('who may not is offered nothing, and is told why at the addresses', async () => {
  const owner = await forum().account('Holder');
  const about = await ask(forum(), owner.token, 'Not to be restored by others', { body: 'One.' });
  await act(forum(), owner.token, 'updateDiscussion', { discussionId: about.id, body: 'Two.' });
  const [, first] = await idsOf(about.id);
  const { token } = await forum().account('Stranger');
  const headers = { cookie: `parley_session=${token}`, origin: forum().app.url, accept: 'text/html' };
  const history = await fetch(`${forum().app.url}${about.path}/history`, { headers });
  expect(await history.text()).not.toMatch(/Restore this text|Remove this text|class="acts"/);
  for (const [method, path] of [
    ['POST', `/revisions/${first}/restore`],
    ['GET', `/revisions/${first}/redact`],
    ['POST', `/revisions/${first}/redact`],
  ] as const) {
    const form = method === 'POST' ? { body: new URLSearchParams({ reason: 'No' }) } : {};
    const { status } = await fetch(forum().app.url + path, { method, headers, ...form });
    expect([method, path, status]).toEqual([method, path, 403]);
  }
  expect((await fetch(`${forum().app.url}/revisions/none/redact`, { headers })).status).toBe(404);
  expect(await textsOf(about.id)).toEqual(['Two.', 'One.']);
});

test('moderators see in the history what moderators did, in their language, and nobody else does', async () => {
  const { token } = await moderator(forum(), 'Keeper of the log');
  const about = await ask(forum(), token, 'Kept in the log', { body: 'A secret.' });
  const other = await ask(forum(), token, 'Merged and parted');
  await act(forum(), token, 'updateDiscussion', { discussionId: about.id, body: 'None.' });
  const redaction = { discussionId: about.id, revision: 1, reason: 'A password' };
  await act(forum(), token, 'redactDiscussionRevision', redaction);
  await act(forum(), token, 'mergeDiscussions', { sourceId: other.id, destinationId: about.id });
  await act(forum(), token, 'unmergeDiscussions', { sourceId: other.id });
  const logOn = async (path: string, key: string | null, language: string) => {
    const session = key === null ? {} : { cookie: `parley_session=${key}` };
    const headers = { ...session, accept: 'text/html', 'accept-language': language };
    const html = await (await fetch(`${forum().app.url}${path}/history`, { headers })).text();
    const [log = ''] = /<details class="log">.*?<\/details>/s.exec(html) ?? [];
    return [...log.matchAll(/<p>(.*?)<\/p>/gs)].map(([, line = '']) =>
      line.replaceAll(/<[^>]+>/g, '').trim(),
    );
  };
  expect(await logOn(about.path, token, 'en')).toEqual([
    'The merge into this discussion was undone: Merged and parted',
    'Merged into this discussion: Merged and parted',
    'Text of revision 1 removed.',
    'Reason: A password',
  ]);
  expect(await logOn(other.path, token, 'de')).toEqual([
    'Die Zusammenführung dieser Diskussion wurde rückgängig gemacht. Sie war zusammengeführt mit Kept in the log',
    'Diese Diskussion wurde zusammengeführt mit Kept in the log',
  ]);
  for (const key of [null, (await forum().account('Curious')).token])
    expect(await logOn(about.path, key, 'en')).toEqual([]);
});

test('the log of a discussion has pages, beside those of its revisions', async () => {
  const keeper = await moderator(forum(), 'Keeper of a long log');
  const about = await ask(forum(), keeper.token, 'With a long log', { body: 'One.' });
  const other = await ask(forum(), keeper.token, 'Merged and parted many times');
  for (let count = 0; count < 11; count++) {
    await act(forum(), keeper.token, 'mergeDiscussions', { sourceId: other.id, destinationId: about.id });
    await act(forum(), keeper.token, 'unmergeDiscussions', { sourceId: other.id });
  }
  const { page, signInAs, complaints } = await forum().open({ javaScriptEnabled: false });
  await signInAs(keeper);
  await page.goto(`${forum().app.url}${about.path}/history`);
  const entries = page.locator('.log li');
  expect([await entries.count(), await entries.first().isVisible()]).toEqual([20, false]);
  await page.locator('.log summary').click();
  await page.getByRole('link', { name: 'Earlier entries' }).click();
  await page.waitForURL('**/history?log=*');
  expect([await entries.count(), await entries.first().isVisible()]).toEqual([2, true]);
  expect(await page.getByRole('link', { name: 'Earlier entries' }).count()).toBe(0);
  await page.locator('.log').getByRole('link', { name: 'Back to the first page' }).click();
  await page.waitForURL((url) => url.search === '');
  expect(await entries.count()).toBe(20);
  expect(complaints).toEqual([]);
});
