import { describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { axeFindings } from './axe.ts';
import { type Account, useForum } from './forum.ts';
import { act, ask } from './moderators.ts';

const forum = useForum();

/** Starts a discussion for a story and returns its path. */
async function discussionOf(account: Account, title: string): Promise<{ id: string; path: string }> {
  const query =
    'mutation ($input: CreateDiscussionInput!) { createDiscussion(input: $input) { discussion { id slug } } }';
  const variables = { input: { title, body: 'Which one, and why?' } };
  const { body } = await send(forum().app, query, { key: account.token, variables });
  const { id, slug } = body.data.createDiscussion.discussion;
  return { id, path: `/discussions/${slug}` };
}

async function commentOf(account: Account, discussionId: string, text: string): Promise<string> {
  const query = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }';
  const variables = { input: { discussionId, body: text } };
  const { body } = await send(forum().app, query, { key: account.token, variables });
  return body.data.addComment.comment.id;
}

/** A category, a product and a tag, as `createDiscussion` takes them. */
async function placesToChoose(): Promise<{ categoryId: string; productId: string; tagSlugs: string[] }> {
  const query = '{ categories { nodes { id } } products { nodes { id } } tags { nodes { slug } } }';
  const { categories, products, tags } = (await send(forum().app, query)).body.data;
  const [categoryId, productId] = [categories, products].map(({ nodes }) => nodes[0].id);
  return { categoryId, productId, tagSlugs: [tags.nodes[0].slug] };
}

async function placesOf(id: string): Promise<object> {
  const query =
    'query ($id: ID!) { node(id: $id) { ... on Discussion { category { id } product { id } tags { slug } } } }';
  return (await send(forum().app, query, { variables: { id } })).body.data.node;
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a member asks, corrects what is wrong, and finds the question', async () => {
    const { page, signInAs, complaints } = await forum().open({ javaScriptEnabled });
    await signInAs(await forum().account('Asker'));
    await page.goto(forum().app.url);
    await page.getByRole('link', { name: 'Ask a question' }).click();
    const title = `Does it export to CSV (${javaScriptEnabled})?`;
    await page.getByLabel('Your question in one sentence').fill(title);
    await page.getByLabel('Details').fill('   ');
    await page.getByRole('button', { name: 'Post question' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Your question in one sentence').inputValue()).toBe(title);
    await page.getByLabel('Details').fill('All of it, *with* votes?');
    await page.getByLabel('Product').selectOption({ label: 'Tallybook' });
    await page.getByLabel('Tax').check();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('.preview em', { hasText: 'with' }).waitFor();
    expect(await page.getByLabel('Tax').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Post question' }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.locator('.question').getByRole('link', { name: 'Tallybook' }).first().waitFor();
    await page.goto(`${forum().app.url}/?order=newest`);
    await page.getByRole('link', { name: title }).first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('an edit of the text alone keeps category, product and tags, also after a preview', async () => {
    const owner = await forum().account('Corrector');
    const title = `Where it belongs (${javaScriptEnabled})`;
    const { id, path } = await ask(forum(), owner.token, title, await placesToChoose());
    const before = await placesOf(id);
    const { page, signInAs } = await forum().open({ javaScriptEnabled });
    await signInAs(owner);
    for (const word of ['first', 'second']) {
      await page.goto(`${forum().app.url}${path}/edit`);
      await page.getByLabel('Details').fill(`The *${word}* text.`);
      if (word === 'second') {
        await page.getByRole('button', { name: 'Preview' }).click();
        await page.locator('.preview em', { hasText: word }).waitFor();
      }
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('.question .prose em', { hasText: word }).waitFor();
      expect(await placesOf(id)).toEqual(before);
    }
    expect(before).toMatchObject({
      category: { id: expect.any(String) },
      product: { id: expect.any(String) },
    });
  });

  test('two editors: the second one is told, keeps their text, and the history has both', async () => {
    const owner = await forum().account('Owner');
    const { id, path } = await discussionOf(owner, `Two editors (${javaScriptEnabled})`);
    const commentId = await commentOf(owner, id, 'one two three');
    const { page, signInAs } = await forum().open({ javaScriptEnabled });
    await signInAs(owner);
    await page.goto(`${forum().app.url}${path}`);
    await page.locator('summary[aria-label^="More for the comment"]').click();
    await page.locator(`[id="${commentId}"]`).getByRole('link', { name: 'Edit' }).click();
    const mutation =
      'mutation ($input: UpdateCommentInput!) { updateComment(input: $input) { comment { revision } } }';
    await send(forum().app, mutation, {
      key: owner.token,
      variables: { input: { commentId, body: 'one 2 three' } },
    });
    await page.getByLabel('Text').fill('one two four');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('Somebody has edited this').waitFor();
    expect(await page.getByRole('textbox', { name: 'Text' }).inputValue()).toBe('one two four');
    expect(await page.locator('.conflict ins').allTextContents()).toEqual(['two', 'four']);
    // axe is a script
    if (javaScriptEnabled) expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator(`[id="${commentId}"] .prose`, { hasText: 'one two four' }).waitFor();
    await page.getByRole('link', { name: /^edited/ }).click();
    expect(await page.locator('.revision').count()).toBe(3);
    expect(await page.locator('.revision').first().locator('ins').allTextContents()).toContain('four');
  });

  test('a comment is deleted, and that is undone', async () => {
    const owner = await forum().account('Deleter');
    const { id, path } = await discussionOf(owner, `Undo (${javaScriptEnabled})`);
    const commentId = await commentOf(owner, id, 'Delete me.');
    const { page, signInAs } = await forum().open({ javaScriptEnabled });
    await signInAs(owner);
    await page.goto(`${forum().app.url}${path}`);
    await page.locator('summary[aria-label^="More for the comment"]').click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('The comment was deleted.').waitFor();
    expect(await page.locator(`[id="${commentId}"]`).count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator(`[id="${commentId}"] .prose`, { hasText: 'Delete me.' }).waitFor();
  });

  test('an author accepts an answer, which then stands under the question', async () => {
    const owner = await forum().account('Accepter');
    const { id, path } = await discussionOf(owner, `Accept (${javaScriptEnabled})`);
    await commentOf(await forum().account('Helper'), id, 'Take the second one.');
    const { page, signInAs } = await forum().open({ javaScriptEnabled });
    await signInAs(owner);
    await page.goto(`${forum().app.url}${path}`);
    await page.locator('summary[aria-label^="More for the comment"]').click();
    await page.getByRole('button', { name: 'Accept as the answer' }).click();
    await page.getByRole('heading', { name: 'Accepted answer' }).waitFor();
    const accepter = page
      .getByRole('region', { name: 'Accepted answer' })
      .getByRole('link', { name: 'Accepter' });
    expect(await accepter.getAttribute('href')).toMatch(/^\/authors\/A_/);
    await page.locator('.answer').getByText('Take the second one.').waitFor();
  });
});

test('a moderator locks a discussion with a reason, and a member sees why they cannot write', async () => {
  const member = await forum().account('Member');
  const { path } = await discussionOf(member, 'To be locked');
  const moderator = await forum().open();
  await moderator.signInAs({ ...member, token: await forum().admin() });
  await moderator.page.goto(`${forum().app.url}${path}`);
  await moderator.page.locator('summary[aria-label="More for this question"]').click();
  await moderator.page.getByRole('link', { name: 'Lock' }).click();
  await moderator.page.getByLabel('Reason').selectOption({ label: 'Too heated' });
  await moderator.page.getByRole('button', { name: 'Lock' }).click();
  await moderator.page.getByText('it became too heated').waitFor();

  const { page, signInAs } = await forum().open();
  await signInAs(member);
  await page.goto(`${forum().app.url}${path}`);
  expect(await page.locator('form.write').count()).toBe(0);
  await page.locator('.end .note').waitFor();
  await page.locator('summary[aria-label="More for this question"]').click();
  expect(await page.locator('.menu__refused small').allTextContents()).not.toContain('');
  expect(await page.locator('.menu__refused').count()).toBeGreaterThan(0);
});

test('who represents the product can post an official comment at once', async () => {
  const vendor = await forum().account('Vendor');
  const admin = await forum().admin();
  const { productId } = await placesToChoose();
  await act(forum(), admin, 'setAuthorRole', {
    authorId: vendor.authorId,
    role: 'VENDOR',
    productIds: [productId],
  });
  const about = await ask(forum(), admin, 'To the vendor', { productId });
  const other = await ask(forum(), admin, 'About no product');
  const { page, signInAs } = await forum().open({ javaScriptEnabled: false });
  await signInAs(vendor);
  await page.goto(forum().app.url + other.path);
  expect(await page.locator('#write [name=isOfficial]').count()).toBe(0);
  await page.goto(forum().app.url + about.path);
  await page.getByRole('checkbox', { name: /^Official, for / }).check({ timeout: 8000 });
  await page.getByRole('textbox', { name: 'Your answer' }).fill('We *do*.');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: 'Post answer' }).click();
  await page.locator('.c--official em', { hasText: 'do' }).waitFor();
});

test('a link to a comment on a later page opens with it in view', async () => {
  const owner = await forum().account('Linker');
  const { id, path } = await discussionOf(owner, 'Many comments');
  const ids: string[] = [];
  for (let count = 0; count < 30; count++) ids.push(await commentOf(owner, id, `Comment ${count}`));
  const oldest = ids[0] ?? '';
  const { page } = await forum().open();
  const waitUntilInView = async () => {
    await page.locator(`[id="${oldest}"]`).waitFor();
    const isInView = `(() => { const { top, bottom } = document.getElementById('${oldest}').getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight; })()`;
    await expect.poll(() => page.evaluate(isInView), { timeout: 20_000 }).toBe(true);
  };
  await page.goto(`${forum().app.url}${path}#${oldest}`);
  await waitUntilInView();
  // from another page of the discussion that is open already
  for (const other of [path, `${path}/comments/${ids.at(-1)}`]) {
    await page.goto(`${forum().app.url}${other}`);
    await page.evaluate(`location.hash = '${oldest}'`);
    await waitUntilInView();
  }
});

test('an address with a hash that no id has breaks no script', async () => {
  const owner = await forum().account('Percent');
  const { path } = await discussionOf(owner, 'Half of it');
  const { page, signInAs, complaints } = await forum().open();
  await signInAs(owner);
  await page.goto(`${forum().app.url}${path}#50%`);
  await page.getByRole('textbox', { name: 'Your answer' }).fill('The *other* half.');
  await page.evaluate('window.same = true');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.locator('.preview em').waitFor();
  expect([await page.evaluate('window.same'), complaints]).toEqual([true, []]);
});

test('the page that refuses a comment leads on to the comments of the next page', async () => {
  const owner = await forum().account('Refused');
  const { id, path } = await discussionOf(owner, 'More comments than a page has');
  const ids = await Promise.all(Array.from({ length: 25 }, (_, at) => commentOf(owner, id, `Comment ${at}`)));
  const { page, signInAs } = await forum().open({ javaScriptEnabled: false });
  await signInAs(owner);
  await page.goto(forum().app.url + path);
  await page.getByRole('textbox', { name: 'Your answer' }).fill('   ');
  await page.getByRole('button', { name: 'Post answer' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('link', { name: 'More comments' }).click();
  expect(new URL(page.url()).pathname).toBe(path);
  expect(await page.locator('.talk article').count()).toBe(ids.length - 20);
});
