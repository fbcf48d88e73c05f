import { describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { useForum } from './forum.ts';
import { frameOf, useHosts } from './hosts.ts';

describe.each(engines)('on %s', (engine) => {
  const forum = useForum(engine);
  const hosts = useHosts(forum);

  test('a guest writes, signs in in a window, and the first comment starts the discussion of the signed page', async () => {
    const { host, pages, script, signatureOf, found } = hosts();
    const id = 'host:article-1';
    pages.set(
      '/article',
      script(
        `data-external-id="${id}" data-title="Article one" data-signature="${signatureOf(id, 'Article one')}"`,
      ),
    );
    const account = await forum().account('Emma');
    const { page } = await forum().open();
    await page.goto(`${host}/article`);
    const frame = frameOf(page);
    await frame.getByText('No comments yet.').waitFor();
    expect(await found(id)).toBeNull();
    await frame.getByRole('textbox').fill('The **first** comment.');
    await frame.getByRole('button', { name: 'Sign in and post' }).click();
    const [window] = await Promise.all([
      page.waitForEvent('popup'),
      frame.getByRole('link', { name: 'Sign in' }).click(),
    ]);
    await window.getByLabel('E-mail address').fill(account.email);
    await window.getByLabel('Password').fill(account.password);
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    await frame.locator('.prose strong', { hasText: 'first' }).waitFor();
    await frame.getByText('Emma').first().waitFor();
    const discussion = await found(id);
    expect([discussion.title, discussion.author.name]).toEqual(['Article one', 'Ada Admin']);
    expect(discussion.comments.nodes).toHaveLength(1);
    // the cookie is the frame's in pages of this site alone, and no script reads it
    const cookies = await page.context().cookies();
    const own = cookies.find(({ name }) => name === 'parley_embed');
    expect([own?.httpOnly, own?.secure, own?.sameSite]).toEqual([true, true, 'None']);
    await page.reload();
    await frame.getByRole('button', { name: /^Vote up/ }).waitFor();
    await frame.getByRole('button', { name: 'Sign out' }).click();
    await frame.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  });
});
