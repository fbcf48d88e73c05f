import { describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { axeFindings, overflowOf } from './axe.ts';
import { useForum } from './forum.ts';

const forum = useForum();
const SLUG = 'tallybook-or-a-spreadsheet-for-a-three-person-shop';

/** A new member with a handle, which imported authors lack. */
async function member(name: string) {
  const { authorId, token } = await forum().account(name);
  const { body } = await send(forum().app, `{ author(id: "${authorId}") { id handle } }`);
  const { id, handle }: { id: string; handle: string } = body.data.author;
  return { id, handle, name, token };
}

async function authorOf(slug: string) {
  const query = `{ discussion(slug: "${slug}") { id author { id handle name discussionCount } } }`;
  const { body } = await send(forum().app, query);
  return { discussionId: body.data.discussion.id, ...body.data.discussion.author };
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a name leads to the page of its author, with their discussions and their feed', async () => {
    const author = await authorOf(SLUG);
    const { page, complaints } = await forum().open({ javaScriptEnabled });
    await page.goto(`${forum().app.url}/discussions/${SLUG}`);
    await page.locator('.question').getByRole('link', { name: author.name }).click();
    await page.getByRole('heading', { level: 1, name: author.name }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/authors/${author.id}`);
    expect(await page.locator('.row').count()).toBe(author.discussionCount);
    await page.getByRole('link', { name: 'Answered', exact: true }).click();
    expect(new URL(page.url()).search).toBe('?answered=yes');
    const feed = await page.getByRole('link', { name: 'Feed of new discussions' }).getAttribute('href');
    expect(await (await fetch(forum().app.url + feed)).text()).toContain(`/discussions/${SLUG}`);
    expect(complaints).toEqual([]);
  });
});

test('a mention leads to the author who is mentioned', async () => {
  const { discussionId } = await authorOf(SLUG);
  const { id, handle, name, token } = await member('Hanna Handle');
  const input = { discussionId, body: `Thanks, @${handle}. \`<span data-author="x">no</span>\`` };
  const mutation = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }';
  const { body } = await send(forum().app, mutation, { key: token, variables: { input } });
  const { page } = await forum().open({ javaScriptEnabled: false });
  await page.goto(`${forum().app.url}/discussions/${SLUG}?comment=${body.data.addComment.comment.id}`);
  const prose = page.locator('.prose', { hasText: 'Thanks,' }).first();
  expect(await prose.locator('a').count()).toBe(1);
  await prose.getByRole('link', { name: `@${handle}` }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/authors/${id}`);
});

test('the address of a handle leads to that of the id, and others to nothing', async () => {
  const { id, handle } = await member('Harry Handle');
  const found = await fetch(`${forum().app.url}/authors/${handle.toUpperCase()}`, { redirect: 'manual' });
  expect([found.status, found.headers.get('location')]).toEqual([303, `/authors/${id}`]);
  for (const wrong of ['nobody-at-all', 'A_nothing', id.replace(/.$/, 'zz')])
    expect((await fetch(`${forum().app.url}/authors/${wrong}`)).status).toBe(404);
});

test('an author without discussions has a page, in German too', async () => {
  const { authorId } = await forum().account('Nele Neu');
  const { page } = await forum().open({ locale: 'de-DE', javaScriptEnabled: false });
  await page.goto(`${forum().app.url}/authors/${authorId}`);
  await page.getByRole('heading', { level: 1, name: 'Nele Neu' }).waitFor();
  expect(await page.locator('.empty').textContent()).toBe('Noch keine Diskussionen.');
});

test.each(['light', 'dark'] as const)(
  'axe finds nothing on it in %s, at 1280 and at 320 pixels',
  async (colorScheme) => {
    const { id } = await authorOf(SLUG);
    for (const width of [1280, 320]) {
      const { page } = await forum().open({ colorScheme, viewport: { width, height: 800 } });
      const response = await page.goto(`${forum().app.url}/authors/${id}`);
      expect(response?.status()).toBe(200);
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
    }
  },
);
