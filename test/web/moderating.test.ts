import { describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { useForum } from './forum.ts';
import { act, ask, category, moderator, say } from './moderators.ts';

const forum = useForum();

/** What the API says of a discussion. */
async function stateOf(slug: string) {
  const query = 'query ($slug: String!) { discussion(slug: $slug) { slug commentCount category { name } } }';
  return (await send(forum().app, query, { variables: { slug } })).body.data.discussion;
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  async function open(name: string, categoryIds?: readonly string[]) {
    const visit = await forum().open({ javaScriptEnabled });
    const account = await moderator(forum(), name, categoryIds);
    await visit.signInAs(account);
    const choose = async (label: string) => {
      await visit.page.locator('summary[aria-label="More for this question"]').click();
      await visit.page.locator('.question .menu').getByRole('link', { name: label, exact: true }).click();
    };
    return { ...visit, account, choose };
  }

  test('a moderator of some categories moves a discussion, and is told beside the field where to they cannot', async () => {
    const suffix = javaScriptEnabled ? 'on' : 'off';
    const names = [`From ${suffix}`, `To ${suffix}`, `Elsewhere ${suffix}`];
    const ids: string[] = [];
    for (const name of names) ids.push(await category(forum(), name));
    const member = await forum().account('Member');
    const { slug, path } = await ask(forum(), member.token, `To be moved (${suffix})`, {
      categoryId: ids[0],
    });
    const { page, choose, complaints } = await open('Moira', ids.slice(0, 2));
    await page.goto(forum().app.url + path);
    await choose('Move');
    await page.getByLabel('Category').selectOption({ label: names[2] ?? '' });
    await page.getByLabel('Product').selectOption({ label: 'Tallybook' });
    await page.getByRole('button', { name: 'Move' }).click();
    await page.locator('#categoryId-problem', { hasText: 'only between categories' }).waitFor();
    expect(await page.getByLabel('Category').getAttribute('aria-describedby')).toContain(
      'categoryId-problem',
    );
    expect((await stateOf(slug)).category.name).toBe(names[0]);
    await page.getByLabel('Category').selectOption({ label: names[1] ?? '' });
    await page.getByRole('button', { name: 'Move' }).click();
    await page
      .locator('.question .crumbs')
      .getByRole('link', { name: names[1] ?? '' })
      .waitFor();
    await page.locator('.question .crumbs').getByRole('link', { name: 'Tallybook' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('a moderator finds the other discussion by a search, merges into it, and undoes that', async () => {
    const { page, account, choose, complaints } = await open('Merger');
    const word = javaScriptEnabled ? 'quokka' : 'wombat';
    const source = await ask(forum(), account.token, `Where does the ${word} sleep?`);
    const other = await ask(forum(), account.token, `Resting places of the ${word}`);
    await say(forum(), account.token, source.id, 'Under a tree.');
    await page.goto(forum().app.url + source.path);
    await choose('Merge');
    await page.getByLabel('The other discussion').fill(`resting ${word}`);
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: `Resting places of the ${word}` }).click();
    for (const title of [`Where does the ${word} sleep?`, `Resting places of the ${word}`])
      await page.getByRole('heading', { level: 2, name: title }).waitFor();
    await page.getByRole('button', { name: 'Merge' }).click();
    await page.locator('.was', { hasText: `Where does the ${word} sleep?` }).waitFor();
    expect(new URL(page.url()).pathname).toBe(other.path);
    expect(await stateOf(source.slug)).toMatchObject({ slug: other.slug, commentCount: 2 });

    const guest = await forum().open({ javaScriptEnabled });
    await guest.page.goto(forum().app.url + source.path);
    await guest.page.locator('.was', { hasText: `Where does the ${word} sleep?` }).waitFor();
    expect(await guest.page.getByRole('button', { name: 'Undo the merge' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Undo the merge' }).click();
    await page.getByRole('heading', { level: 1, name: `Where does the ${word} sleep?` }).waitFor();
    expect(await stateOf(source.slug)).toMatchObject({ slug: source.slug, commentCount: 1 });
    expect([complaints, guest.complaints]).toEqual([[], []]);
  });

  test('a moderator of one category is told beside the other discussion that they cannot merge into it', async () => {
    const suffix = javaScriptEnabled ? 'on' : 'off';
    const own = await category(forum(), `Own ${suffix}`);
    const { page, account, complaints } = await open('Mona', [own]);
    const source = await ask(forum(), account.token, `Mine (${suffix})`, { categoryId: own });
    const other = await ask(forum(), account.token, `Not mine (${suffix})`);
    const twin = await ask(forum(), account.token, `Twin (${suffix})`, { categoryId: own });
    await page.goto(`${forum().app.url}${source.path}/merge`);
    await page.getByLabel('The other discussion').fill(other.path);
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
    await page.locator('.side--problem .problem', { hasText: 'Only a moderator' }).waitFor();
    expect(await page.getByRole('button', { name: 'Merge' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Choose another discussion' }).click();
    await page.getByLabel('The other discussion').fill(`${forum().app.url}${source.path}?comment=x`);
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
    await page.locator('#find-problem', { hasText: 'into itself' }).waitFor();

    // it becomes a duplicate of this one while the form is open
    await page.goto(`${forum().app.url}${source.path}/merge?into=${twin.slug}`);
    const marked = { discussionId: twin.id, originalId: source.id };
    await act(forum(), account.token, 'markDuplicate', marked);
    await page.getByRole('button', { name: 'Merge' }).click();
    await page.locator('.side--problem .problem', { hasText: 'unmark it first' }).waitFor();
    expect(await stateOf(twin.slug)).toMatchObject({ slug: twin.slug });
    expect(complaints).toEqual([]);
  });

  test('a moderator splits comments of two pages off into a discussion with a title', async () => {
    const { page, account, complaints } = await open('Splitter');
    const about = await ask(forum(), account.token, `Two questions in one (${javaScriptEnabled})`);
    const first = await say(forum(), account.token, about.id, 'Another question: does it scale?');
    await say(forum(), account.token, about.id, 'It does.', first);
    await Promise.all(
      Array.from({ length: 50 }, (_, at) => say(forum(), account.token, about.id, `Filler ${at}`)),
    );
    await say(forum(), account.token, about.id, 'Scaling took us a week.');
    await page.goto(`${forum().app.url}${about.path}?order=oldest`);
    await page.locator(`[id="${first}"] summary[aria-label^="More for the comment"]`).first().click();
    await page.locator(`[id="${first}"]`).getByRole('link', { name: 'Split off' }).first().click();
    expect(await page.getByLabel('Another question').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'More comments' }).click();
    await page.getByRole('group', { name: 'Chosen on other pages' }).getByLabel('Another question').waitFor();
    await page.getByLabel('Scaling took us a week').check();
    await page.getByLabel('Title of the new discussion').fill('   ');
    await page.getByRole('button', { name: 'Split off' }).click();
    await page.locator('#title-problem').waitFor();
    expect(await page.getByLabel('Another question').isChecked()).toBe(true);
    expect(await page.getByLabel('Scaling took us a week').isChecked()).toBe(true);
    const title = `Does it scale (${javaScriptEnabled})?`;
    await page.getByLabel('Title of the new discussion').fill(title);
    await page.getByRole('button', { name: 'Split off' }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.locator('.question .prose', { hasText: 'Another question: does it scale?' }).waitFor();
    await page.locator('.note', { hasText: 'Split off from' }).getByRole('link').click();
    await page.locator('.note', { hasText: 'Some comments were split off into' }).waitFor();
    expect((await stateOf(about.slug)).commentCount).toBe(50);
    expect(complaints).toEqual([]);
  });

  test('a split without a comment is refused beside the comments', async () => {
    const { page, account } = await open('Chooser');
    const about = await ask(forum(), account.token, `Nothing chosen (${javaScriptEnabled})`);
    await say(forum(), account.token, about.id, 'Stay here.');
    await page.goto(`${forum().app.url}${about.path}/split`);
    await page.getByLabel('Title of the new discussion').fill('Of nothing');
    await page.getByRole('button', { name: 'Split off' }).click();
    await page.locator('#comments-problem', { hasText: 'at least one' }).waitFor();
    expect((await stateOf(about.slug)).commentCount).toBe(1);
  });

  test('a member who lacks the right is offered none of it, and is told why at the forms’ addresses', async () => {
    const owner = await forum().account('Owner');
    const about = await ask(forum(), owner.token, `Not for members (${javaScriptEnabled})`);
    const commentId = await say(forum(), owner.token, about.id, 'A comment.');
    const { page, signInAs, complaints } = await forum().open({ javaScriptEnabled });
    await signInAs(await forum().account('Bystander'));
    await page.goto(forum().app.url + about.path);
    for (const summary of await page.locator('details.menu > summary').all()) {
      await summary.click();
      const items = await page.locator('details.menu[open] .menu__items').allTextContents();
      expect(items.join(' ')).not.toMatch(/Move|Merge|Split/);
      await summary.click();
    }
    const reasons = {
      move: 'Only its author or a moderator',
      merge: 'Only a moderator',
      split: 'Only a moderator',
    };
    for (const [form, reason] of Object.entries({ ...reasons, 'moderate?action=lock': 'Only a moderator' })) {
      const response = await page.goto(`${forum().app.url}${about.path}/${form}`);
      expect([form, response?.status()]).toEqual([form, 403]);
      await page.getByText(reason).waitFor();
    }
    const token = (await page.context().cookies()).find(({ name }) => name === 'parley_session')?.value;
    const fields = {
      discussion: about.id,
      source: about.id,
      destination: about.id,
      comments: commentId,
      title: 'No',
    };
    for (const form of ['move', 'split', 'merge']) {
      const response = await fetch(`${forum().app.url}${about.path}/${form}`, {
        ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) },
        headers: { cookie: `parley_session=${token}`, origin: forum().app.url },
      });
      expect([form, response.status]).toEqual([form, 403]);
    }
    expect(await stateOf(about.slug)).toMatchObject({ commentCount: 1, category: null });
    expect(complaints).toEqual([]);
  });
});

test('the author of a question sees in its menu why they cannot move it', async () => {
  const owner = await forum().account('Locked out');
  const about = await ask(forum(), owner.token, 'Locked and in its place');
  await act(forum(), await forum().admin(), 'lockDiscussion', { discussionId: about.id });
  const { page, signInAs } = await forum().open();
  await signInAs(owner);
  await page.goto(forum().app.url + about.path);
  await page.locator('summary[aria-label="More for this question"]').click();
  await page.locator('.menu__refused', { hasText: 'Move' }).getByText('This discussion is locked').waitFor();
});

test('a form that is sent twice at once splits once', async () => {
  const { token } = await moderator(forum(), 'Double');
  const about = await ask(forum(), token, 'Clicked twice');
  const comments = `2026-01-01T00:00:00Z 0 ${await say(forum(), token, about.id, 'Only once.')}`;
  const sent = () =>
    fetch(`${forum().app.url}${about.path}/split`, {
      ...{ method: 'POST', redirect: 'manual' },
      headers: { cookie: `parley_session=${token}`, origin: forum().app.url },
      body: new URLSearchParams({ key: 'twice', comments, title: 'Split once' }),
    });
  const answers = await Promise.all([sent(), sent()]);
  expect(answers.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
    [303, '/discussions/split-once'],
    [303, '/discussions/split-once'],
  ]);
});
