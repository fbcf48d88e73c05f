// Forms for where a discussion belongs: they change what was chosen in them, and nothing else.
import { beforeAll, describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { type Account, useForum } from './forum.ts';
import { act, ask, category, moderator } from './moderators.ts';

const forum = useForum();
const LAST = 'Zz: the last of more categories than a form lists';

let judge: Account;
let lastId: string;
let tagSlugs: string[];
beforeAll(async () => {
  judge = await moderator(forum(), 'Mover');
  const key = await forum().admin();
  const create = (name: string) => act(forum(), key, 'createCategory', { name });
  await Promise.all(Array.from({ length: 100 }, (_, at) => create(`Category ${at}`)));
  lastId = await category(forum(), LAST);
  const { body } = await send(forum().app, '{ tags(first: 3) { nodes { slug } } }');
  tagSlugs = body.data.tags.nodes.map((tag: { slug: string }) => tag.slug);
});

async function placesOf(slug: string) {
  const query = `query ($slug: String!) { discussion(slug: $slug) {
    title category { name } product { name } tags { slug } } }`;
  const { discussion } = (await send(forum().app, query, { variables: { slug } })).body.data;
  return {
    title: discussion.title,
    category: discussion.category?.name ?? null,
    product: discussion.product?.name ?? null,
    tags: discussion.tags.map((tag: { slug: string }) => tag.slug).sort(),
  };
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  async function open() {
    const visit = await forum().open({ javaScriptEnabled });
    await visit.signInAs(judge);
    return visit.page;
  }

  test('the form to move takes back nothing that another moderator has moved meanwhile', async () => {
    const page = await open();
    const { id, slug, path } = await ask(forum(), judge.token, `Moved by two (${javaScriptEnabled})`);
    await page.goto(`${forum().app.url}${path}/move`);
    await act(forum(), judge.token, 'updateDiscussion', { discussionId: id, categoryId: lastId });
    await page.getByLabel('Product').selectOption({ label: 'Tallybook' });
    await page.getByRole('button', { name: 'Move' }).click();
    await page.locator('.question .crumbs').getByRole('link', { name: 'Tallybook' }).waitFor();
    expect(await placesOf(slug)).toMatchObject({ category: LAST, product: 'Tallybook' });
  });

  test('the form to move shows and keeps a category that it does not list, and can clear it', async () => {
    const page = await open();
    const more = { categoryId: lastId };
    const { slug, path } = await ask(forum(), judge.token, `Beyond the list (${javaScriptEnabled})`, more);
    await page.goto(`${forum().app.url}${path}/move`);
    expect(await page.locator('#categoryId option:checked').textContent()).toBe(LAST);
    await page.getByRole('button', { name: 'Move' }).click();
    await page.locator('.question .crumbs').getByRole('link', { name: LAST }).waitFor();
    await page.goto(`${forum().app.url}${path}/move`);
    await page.getByLabel('Category').selectOption('');
    await page.getByRole('button', { name: 'Move' }).click();
    await page.locator('.question').waitFor();
    expect((await placesOf(slug)).category).toBeNull();
  });

  test('the form to edit a question keeps a category and tags that were changed meanwhile', async () => {
    const page = await open();
    const [first = '', ...others] = tagSlugs;
    const more = { tagSlugs: [first], categoryId: lastId };
    const { id, slug, path } = await ask(forum(), judge.token, `Edited by one (${javaScriptEnabled})`, more);
    await page.goto(`${forum().app.url}${path}/edit`);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('.preview', { hasText: 'About' }).waitFor();
    const change = { discussionId: id, categoryId: null, tagSlugs: others };
    await act(forum(), judge.token, 'updateDiscussion', change);
    await page.getByLabel('Product').selectOption({ label: 'Tallybook' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.question').waitFor();
    const places = { category: null, product: 'Tallybook', tags: [...others].sort() };
    expect(await placesOf(slug)).toMatchObject(places);
  });
});
