import { describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { engines } from '../support/database.ts';
import { axeFindings, overflowOf } from './axe.ts';
import { useForum } from './forum.ts';

describe.each(engines)('on %s', (engine) => {
  const forum = useForum(engine);

  const widths = engine === 'sqlite' ? [1280, 320] : [1280];
  test.each(widths)('at %i pixels, people are offered while a mention is typed', async (width) => {
    const { page, signInAs, complaints } = await forum().open({ viewport: { width, height: 800 } });
    await forum().account(`Zelda Zimmer${width}`);
    await forum().account(`Zeno Zimmer${width}`);
    await signInAs(await forum().account('Writer'));
    await page.goto(`${forum().app.url}/ask`);
    await page.getByLabel('Your question in one sentence').fill('Who knows?');
    const text = page.getByLabel('Details');
    await text.pressSequentially(`Mail me at a@b.example.\nAsk @zimmer${width}`);
    const options = page.locator('.people [role="option"]');
    await options.nth(1).waitFor();
    expect(await options.count()).toBe(2);
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    const active = () =>
      page.evaluate(
        `document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.dataset.handle`,
      );
    expect(await active()).toBe(`zelda-zimmer${width}`);
    await page.keyboard.press('ArrowUp');
    expect(await active()).toBe(`zeno-zimmer${width}`);
    await page.keyboard.press('Enter');
    expect(await text.inputValue()).toBe(`Mail me at a@b.example.\nAsk @zeno-zimmer${width} `);
    expect(await page.evaluate('document.activeElement.name')).toBe('body');

    await text.pressSequentially(`or @zel`);
    await options.first().waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('listbox').count()).toBe(0);
    await text.pressSequentially(`da-zimmer${width}`);
    await options.first().click();
    expect(await text.inputValue()).toMatch(new RegExp(` or @zelda-zimmer${width} $`));
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('.preview a[href^="/authors/"]').nth(1).waitFor();
    expect(complaints).toEqual([]);
  });
});

const forum = useForum();

test('guests are offered nobody, and their texts ask for nobody', async () => {
  const { page } = await forum().open();
  await page.goto(`${forum().app.url}/ask`);
  expect(await page.locator('[data-mentions]').count()).toBe(0);
  const answer = await fetch(`${forum().app.url}/mentions?query=z`, {
    headers: { accept: 'application/json' },
  });
  expect([answer.status, (await answer.json()).code]).toEqual([401, 'UNAUTHENTICATED']);
});

test('a key takes nobody of the list for what was typed before, while the next one is awaited', async () => {
  await forum().account('Quentin Quick');
  const { page, signInAs } = await forum().open();
  await signInAs(await forum().account('Writer'));
  await page.goto(`${forum().app.url}/ask`);
  const text = page.getByLabel('Details');
  await text.pressSequentially('Ask @quent');
  await page.locator('.people [role="option"]').waitFor();
  await page.route('**/mentions?*', () => undefined);
  await text.pressSequentially('a');
  await page.keyboard.press('Enter');
  expect(await text.inputValue()).toBe('Ask @quenta\n');
});

test('people are asked for as often as the API allows', async () => {
  const app = await forum().apps.open({ FRONT_END: 'on', QUERY_POINTS_PER_MINUTE: '10' });
  const { token } = await forum().account('Fast');
  const statuses = new Set<number>();
  for (let count = 0; count < 20; count++) {
    const answer = await fetch(`${app.url}/mentions?query=z`, {
      headers: { accept: 'application/json', cookie: `parley_session=${token}` },
    });
    statuses.add(answer.status);
  }
  expect([...statuses]).toEqual([200, 429]);
});

test('admins, who find everyone, are offered nobody who cannot be mentioned', async () => {
  await forum().account('Nimue Nameless');
  const { token, authorId } = await forum().account('Nimue Other');
  const clear = 'mutation ($input: UpdateAuthorInput!) { updateAuthor(input: $input) { author { handle } } }';
  const cleared = { variables: { input: { authorId, handle: null } }, key: token };
  expect((await send(forum().app, clear, cleared)).body.data.updateAuthor.author.handle).toBeNull();
  const answer = await fetch(`${forum().app.url}/mentions?query=nimue`, {
    headers: { accept: 'application/json', cookie: `parley_session=${await forum().admin()}` },
  });
  const { html } = await answer.json();
  expect(html).toContain('@nimue-nameless');
  expect(html).not.toContain('Nimue Other');
});
