import { describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { engines } from '../support/database.ts';
import { useForum } from './forum.ts';

describe.each(engines)('on %s', (engine) => {
  const forum = useForum(engine);
  const SLUG = 'tallybook-or-a-spreadsheet-for-a-three-person-shop';
  const PATH = `/discussions/${SLUG}`;

  async function stateOf(): Promise<{ commentCount: number; netUpvotes: number }> {
    const { body } = await send(forum().app, `{ discussion(slug: "${SLUG}") { commentCount netUpvotes } }`);
    return body.data.discussion;
  }

  describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
    test('a guest writes an answer, signs up, and it is posted once', async () => {
      const before = await stateOf();
      const { page, complaints } = await forum().open({ javaScriptEnabled });
      await page.goto(forum().app.url + PATH);
      const text = `A spreadsheet, until the first audit (${javaScriptEnabled}).`;
      await page.getByLabel('Your answer', { exact: true }).last().fill(text);
      await page.getByRole('button', { name: 'Sign in and post' }).click();
      await page.getByText('What you wrote is sent right after.').waitFor();
      await page.getByRole('button', { name: 'Create an account' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Robin Reed');
      await page.getByLabel('E-mail address').fill(`robin-${javaScriptEnabled}@example.com`);
      await page.getByLabel('Password').fill('correct horse battery staple');
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.locator('.prose').getByText(text).waitFor();
      expect(new URL(page.url()).pathname).toBe(PATH);
      expect((await stateOf()).commentCount).toBe(before.commentCount + 1);
      await page.reload();
      expect((await stateOf()).commentCount).toBe(before.commentCount + 1);
      expect(complaints).toEqual([]);
    });

    test('a member votes, and takes the vote back', async () => {
      const before = await stateOf();
      const { page, signInAs } = await forum().open({ javaScriptEnabled });
      await signInAs(await forum().account('Vera'));
      await page.goto(forum().app.url + PATH);
      const question = page.locator('.question');
      const up = question.getByRole('button', { name: 'Vote up, this question' });
      await up.click();
      await question.locator('.vote button:first-of-type[aria-pressed=true]').waitFor();
      await question.locator('output', { hasText: String(before.netUpvotes + 1) }).waitFor();
      expect((await stateOf()).netUpvotes).toBe(before.netUpvotes + 1);
      await up.click();
      await question.locator('.vote button:first-of-type[aria-pressed=false]').waitFor();
      await question.locator('output', { hasText: String(before.netUpvotes) }).waitFor();
      expect((await stateOf()).netUpvotes).toBe(before.netUpvotes);
    });

    test('a member previews a reply, and posts it where they opened the form', async () => {
      const { page, signInAs } = await forum().open({ javaScriptEnabled });
      await signInAs(await forum().account('Paula'));
      await page.goto(forum().app.url + PATH);
      const comment = page.locator('article.c').first();
      const id = await comment.getAttribute('id');
      await comment
        .getByRole('link', { name: /^Reply/ })
        .first()
        .click();
      const form = page.locator('form#reply');
      await page.locator('form#reply textarea:focus').waitFor();
      const cancel = await form.getByRole('link', { name: 'Cancel' }).getAttribute('href');
      expect(cancel).toBe(`${PATH}?comment=${id}#${id}`);
      await form.getByRole('textbox').fill('Which **plan** did you take?');
      await form.getByRole('button', { name: 'Preview' }).click();
      await page.locator('.preview strong', { hasText: 'plan' }).waitFor();
      await page.locator('form#reply').getByRole('button', { name: 'Post reply' }).click();
      await page.locator(`[id="${id}"] .kids .prose strong`, { hasText: 'plan' }).first().waitFor();
    });
  });

  test('a form of another site changes nothing', async () => {
    const account = await forum().account('Victim');
    const before = await stateOf();
    const response = await fetch(`${forum().app.url}${PATH}/comments`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: `parley_session=${account.token}`, origin: 'https://evil.example' },
      body: new URLSearchParams({ body: 'spam' }),
    });
    expect(response.status).toBe(403);
    expect(await stateOf()).toEqual(before);
  });

  test('the same form sent twice at once posts once', async () => {
    const account = await forum().account('Dora');
    const { body } = await send(forum().app, `{ discussion(slug: "${SLUG}") { id } }`);
    const before = await stateOf();
    const form = new URLSearchParams({
      key: 'k1',
      discussion: body.data.discussion.id,
      body: 'Twice.',
      intent: 'post',
    });
    const post = () =>
      fetch(`${forum().app.url}${PATH}/comments`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: `parley_session=${account.token}`, origin: forum().app.url },
        body: form,
      });
    const answers = await Promise.all([post(), post(), post()]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect((await stateOf()).commentCount).toBe(before.commentCount + 1);
  });

  test('a vote from a page that was open before is set, whatever its form has sent since', async () => {
    const account = await forum().account('Vico');
    const { body } = await send(forum().app, `{ discussion(slug: "${SLUG}") { id } }`);
    const before = await stateOf();
    for (const direction of ['UP', 'NONE', 'UP']) {
      const response = await fetch(`${forum().app.url}/vote`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: `parley_session=${account.token}`, origin: forum().app.url },
        body: new URLSearchParams({ key: `to ${direction}`, [direction]: body.data.discussion.id }),
      });
      expect(response.status).toBe(303);
    }
    expect((await stateOf()).netUpvotes).toBe(before.netUpvotes + 1);
  });

  test('a session that has ended elsewhere shows the page as guests see it', async () => {
    const account = await forum().account('Elsa');
    const { page, signInAs } = await forum().open();
    await signInAs(account);
    await page.goto(forum().app.url + PATH);
    await page.getByText('Elsa').first().waitFor();
    await send(forum().app, 'mutation { signOut(input: {}) { clientMutationId } }', { key: account.token });
    await page.reload();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
  });
});
