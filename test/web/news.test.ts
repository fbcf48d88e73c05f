import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { axeFindings } from './axe.ts';
import { type Account, useForum } from './forum.ts';

const forum = useForum();
const REMOVE = 'mutation ($input: DeleteCommentInput!) { deleteComment(input: $input) { clientMutationId } }';

async function write(
  mutation: string,
  account: Account,
  input: object,
): Promise<{ id: string; slug: string }> {
  const query = `mutation ($input: ${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) {
    ${mutation === 'addComment' ? 'subject: comment { id }' : 'subject: discussion { id slug }'} } }`;
  const { body } = await send(forum().app, query, { key: account.token, variables: { input } });
  return body.data[mutation].subject;
}

/** A discussion with a page of comments, open in a browser whose clock the test moves. */
async function story(comments: number) {
  const account = await forum().account('Writer');
  const { id, slug } = await write('createDiscussion', account, { title: 'What is new?', body: 'Tell me.' });
  const comment = (body: string, replyToId: string | null = null) =>
    write('addComment', account, { discussionId: id, body, replyToId });
  const first = comments > 0 ? await comment('The first.') : null;
  for (let count = 1; count < comments; count++) await comment(`Comment ${count}.`);
  const { page, complaints } = await forum().open();
  await page.clock.install();
  await page.goto(`${forum().app.url}/discussions/${slug}`);
  const remove = (commentId: string) =>
    send(forum().app, REMOVE, { key: account.token, variables: { input: { commentId } } });
  return { page, complaints, comment, remove, first, slug };
}

const note = (page: Page) => page.locator('.news a');

test('new comments are told of, and shown where they belong without loading the page', async () => {
  const { page, complaints, comment, first } = await story(3);
  await page.locator('#write-body').fill('Not sent yet.');
  await page.evaluate('window.scrollTo(0, 0); window.same = true');
  const reply = await comment('A reply to the first.', first?.id);
  await comment('And one at the top level.');
  await comment('A reply to that reply.', reply.id);
  expect(await note(page).isVisible()).toBe(false);
  await page.clock.fastForward(31_000);
  await note(page).waitFor();
  expect(await note(page).textContent()).toBe('3 new comments: show');
  expect(await page.evaluate('[window.scrollY, document.activeElement.id]')).toEqual([0, 'write-body']);
  expect(await axeFindings(page)).toEqual([]);
  await note(page).click();
  await page.locator('.c--new').nth(2).waitFor();
  await page.locator(`[id="${first?.id}"] .kids [id="${reply.id}"] .kids .c--new`).waitFor();
  expect(await page.locator('#talk').textContent()).toBe('6 comments');
  expect(await page.evaluate('[window.same, document.activeElement.className]')).toEqual([true, 'c c--new']);
  expect(await page.locator('#write-body').inputValue()).toBe('Not sent yet.');
  expect(await axeFindings(page)).toEqual([]);
  expect(await note(page).isVisible()).toBe(false);

  await comment('A later one.');
  await page.clock.fastForward(31_000);
  await note(page).getByText('1 new comment: show').waitFor();
  expect(complaints).toEqual([]);
});

test('new replies that are too deep for the page are shown below their comment, in place of the link to more', async () => {
  const { page, comment, first, slug } = await story(1);
  let parent = first?.id ?? '';
  for (let depth = 1; depth <= 3; depth++) parent = (await comment(`At depth ${depth}.`, parent)).id;
  await page.goto(`${forum().app.url}/discussions/${slug}`);
  const kids = page.locator(`[id="${parent}"] > .kids`);
  for (const count of [1, 2]) {
    const { id } = await comment(`Reply ${count}.`, parent);
    await page.clock.fastForward(31_000);
    await note(page).click();
    await kids.locator(`[id="${id}"]`).waitFor();
    expect([await kids.count(), await kids.locator('article').count()]).toEqual([1, count]);
    await page.goto(`${forum().app.url}/discussions/${slug}`);
    expect(await kids.locator('a.more').count()).toBe(1);
  }
});

test('new comments that are not all on the page of the newest are shown by opening the page of the first', async () => {
  for (const isChain of [false, true]) {
    const { page, comment, first, slug } = await story(1);
    let parent = first?.id ?? '';
    for (let depth = 1; depth <= 2; depth++) parent = (await comment(`At depth ${depth}.`, parent)).id;
    if (!isChain) parent = (await comment('At depth 3.', parent)).id;
    await page.goto(`${forum().app.url}/discussions/${slug}`);
    await page.evaluate('window.same = true');
    const { id } = isChain ? await comment('New at depth 3.', parent) : await comment('A new answer.');
    await comment('A new deep reply.', isChain ? id : parent);
    await page.clock.fastForward(31_000);
    await note(page).getByText('2 new comments: show').click();
    await page.waitForURL(`**/discussions/${slug}?comment=${id}#${id}`);
    await page.locator(`[id="${id}"]`).waitFor();
    expect(await page.evaluate('window.same')).toBeUndefined();
  }
});

test('one line is between a question and the form, and one between comments and the form', async () => {
  for (const comments of [0, 1]) {
    const { page } = await story(comments);
    const lines = await page.evaluate(`[
      getComputedStyle(document.querySelector('.question')).borderBlockEndWidth,
      getComputedStyle(document.querySelector('.end')).borderBlockStartWidth,
    ]`);
    expect([comments, lines]).toEqual([comments, ['1px', comments === 0 ? '0px' : '1px']]);
  }
});

test('the first comment of a discussion opens its page', async () => {
  const { page, comment } = await story(0);
  const { id } = await comment('The very first.');
  await page.clock.fastForward(31_000);
  await note(page).click();
  await page.waitForURL((url) => url.searchParams.get('comment') === id);
  await page.locator(`[id="${id}"]`).waitFor();
});

test('a hidden page asks nothing, and an answer that is the same is not sent again', async () => {
  const { page, slug } = await story(1);
  const asked: number[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/news')) asked.push(response.status());
  });
  const hide = (state: 'hidden' | 'visible') =>
    page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'))`);
  await hide('hidden');
  await page.clock.fastForward(120_000);
  expect(asked).toEqual([]);
  await hide('visible');
  const answered = page.waitForResponse((response) => response.url().includes('/news'));
  await page.clock.fastForward(31_000);
  await answered;
  const path = `${forum().app.url}/discussions/${slug}/news?seen=1`;
  const etag = (await fetch(path)).headers.get('etag') ?? '';
  expect((await fetch(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
});

test('the first new comment is looked for when it is asked for, and its address leads on if there is none', async () => {
  const { comment, remove, first, slug } = await story(1);
  const second = await comment('The second.');
  await comment('The third.', first?.id);
  const path = `/discussions/${slug}`;
  const { firstPath } = await (await fetch(`${forum().app.url}${path}/news?seen=1`)).json();
  expect(firstPath).toBe(`${path}/new?seen=1`);
  const leadsTo = async (query: string) => {
    const { status, headers } = await fetch(`${forum().app.url}${path}/new${query}`, { redirect: 'manual' });
    return [status, headers.get('location')];
  };
  expect(await leadsTo('?seen=1')).toEqual([303, `${path}?comment=${second.id}#${second.id}`]);
  expect(await leadsTo('')).toEqual([303, `${path}?comment=${first?.id}#${first?.id}`]);
  expect(await leadsTo('?seen=3')).toEqual([303, path]);
  // a deleted comment with a reply is still listed, but not counted
  await comment('A reply to the second.', second.id);
  await remove(second.id);
  expect(await leadsTo('')).toEqual([303, `${path}?comment=${first?.id}#${first?.id}`]);
});
