import { describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { engines } from '../support/database.ts';
import { axeFindings } from './axe.ts';
import { useForum } from './forum.ts';
import { act, ask, say } from './moderators.ts';

const KNOWN = 'How does Relaydesk cope when a team grows past fifty agents?';
const TITLE = 'Your question in one sentence';

describe.each(engines)('on %s', (engine) => {
  const forum = useForum(engine);

  test('similar questions appear while a title is typed, and the answered ones are marked', async () => {
    const { page, complaints } = await forum().open();
    await page.goto(`${forum().app.url}/ask`);
    const status = page.locator('.similar [role="status"]');
    expect(await status.textContent()).toBe('');
    await page.getByLabel(TITLE).pressSequentially('Relaydesk for fifty agents');
    const item = page.locator('.similar li', { hasText: KNOWN });
    await item.getByText('Answered').waitFor();
    expect(await status.textContent()).toMatch(/answered already:$/);
    expect(await page.evaluate('document.activeElement.name')).toBe('title');
    expect(await axeFindings(page)).toEqual([]);
    const opened = page.context().waitForEvent('page');
    await item.getByRole('link').click();
    await (await opened).getByRole('heading', { level: 1, name: KNOWN }).waitFor();
    expect(await page.getByLabel(TITLE).inputValue()).toBe('Relaydesk for fifty agents');
    await page.getByLabel(TITLE).fill('');
    await item.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});

const forum = useForum();

test('without JavaScript, similar questions are in the preview', async () => {
  const { page, signInAs } = await forum().open({ javaScriptEnabled: false });
  await signInAs(await forum().account('Asker'));
  await page.goto(`${forum().app.url}/ask`);
  expect(await page.locator('.similar li').count()).toBe(0);
  await page.getByLabel(TITLE).fill('Relaydesk for fifty agents');
  await page.getByLabel('Details').fill('Does it?');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.locator('.similar li', { hasText: KNOWN }).getByText('Answered').waitFor();
});

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a guest sees how a question and an answer would look before they sign in', async () => {
    const { token } = await forum().account('Asker');
    const { path } = await ask(forum(), token, `Previewed by guests (${javaScriptEnabled})`);
    const { page, complaints } = await forum().open({ javaScriptEnabled });
    for (const [form, address] of [
      ['.write', '/ask'],
      ['#write', path],
    ] as const) {
      await page.goto(forum().app.url + address);
      if (address === '/ask') await page.getByLabel(TITLE).fill('Which one is it?');
      await page.locator(`${form} textarea`).fill('It *may* be this one.');
      await page.locator(form).getByRole('button', { name: 'Preview' }).click();
      await page.locator(`${form} .preview em`, { hasText: 'may' }).waitFor();
      expect(await page.getByText('Sign in first.').count()).toBe(0);
    }
    expect(complaints).toEqual([]);
  });

  test('a preview shows each problem beside its field, until it is corrected', async () => {
    const { page, signInAs } = await forum().open({ javaScriptEnabled });
    await signInAs(await forum().account('Asker'));
    await page.goto(`${forum().app.url}/ask`);
    await page.getByLabel(TITLE).fill('  x');
    await page.getByLabel('Details').fill('   ');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('textarea[aria-invalid="true"]').waitFor();
    const described = await page.getByLabel('Details').getAttribute('aria-describedby');
    const [problem = ''] = (described ?? '').split(' ');
    expect(await page.locator(`[id="${problem}"]`).textContent()).not.toBe('');
    // scripts of axe run only where those of pages do
    if (javaScriptEnabled) expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel('Details').fill('Enough *words*.');
    await page.getByLabel(TITLE).fill('Which one is it?');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('.preview em').waitFor();
    expect(await page.locator('.problem, [aria-invalid]').count()).toBe(0);
    // the page of a refusal says it once more at its top
    await page.getByLabel(TITLE).fill('   ');
    await page.getByLabel('Details').fill('   ');
    await page.getByRole('button', { name: 'Post' }).click();
    await page.locator('.note--problem').waitFor();
    expect(await page.locator('[aria-invalid="true"]').count()).toBe(2);
    await page.getByLabel(TITLE).fill('Which one is it?');
    await page.getByLabel('Details').fill('Enough *words*.');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('.preview em').waitFor();
    expect(await page.locator('.problem, .note--problem, [aria-invalid]').count()).toBe(0);
  });
});

test('title and text of a question that was not sent are there again, and gone once it is', async () => {
  const { page, signInAs } = await forum().open();
  await signInAs(await forum().account('Asker'));
  const ask = () => page.goto(`${forum().app.url}/ask`);
  await ask();
  await page.getByLabel(TITLE).fill('Is this draft kept?');
  await page.getByLabel('Details').fill('I only look something up.');
  await page.goto(forum().app.url);
  await ask();
  expect(await page.getByLabel(TITLE).inputValue()).toBe('Is this draft kept?');
  expect(await page.getByLabel('Details').inputValue()).toBe('I only look something up.');
  await page.getByRole('button', { name: 'Post question' }).click();
  await page.getByRole('heading', { level: 1, name: 'Is this draft kept?' }).waitFor();
  await ask();
  expect(await page.getByLabel(TITLE).inputValue()).toBe('');
});

test('the draft of a guest is gone too, once it is sent after a wrong password and a look at the sign-up', async () => {
  const account = await forum().account('Returning');
  const { page } = await forum().open();
  await page.goto(`${forum().app.url}/ask`);
  await page.getByLabel(TITLE).fill('Is a guest’s draft kept?');
  await page.getByLabel('Details').fill('Until it is sent.');
  await page.getByRole('button', { name: 'Sign in and post' }).click();
  await page.getByLabel('E-mail address').fill(account.email);
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByRole('button', { name: 'I have an account' }).click();
  await page.getByLabel('E-mail address').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Is a guest’s draft kept?' }).waitFor();
  await page.goto(`${forum().app.url}/ask`);
  expect(await page.getByLabel(TITLE).inputValue()).toBe('');
});

test.each(['Deutsch', 'Dark'])(
  'the draft of a guest stays if they choose %s instead of signing in',
  async (choice) => {
    const { page } = await forum().open();
    await page.goto(`${forum().app.url}/ask`);
    await page.getByLabel(TITLE).fill('Is it kept in another language?');
    await page.getByLabel('Details').fill('It is.');
    await page.getByRole('button', { name: 'Sign in and post' }).click();
    await page.getByRole('button', { name: choice }).click();
    await page.waitForURL('**/ask');
    expect(await page.locator('input[name="title"]').inputValue()).toBe('Is it kept in another language?');
    expect(await page.locator('textarea').inputValue()).toBe('It is.');
  },
);

test('what is similar has an ETag, and is asked for as often as the API allows', async () => {
  const app = await forum().apps.open({ FRONT_END: 'on' });
  const ask = (headers: Record<string, string> = {}) =>
    fetch(`${app.url}/ask/similar?title=Relaydesk+agents`, {
      headers: { accept: 'application/json', ...headers },
    });
  const first = await ask();
  const etag = first.headers.get('etag') ?? '';
  expect([first.status, etag.startsWith('W/"')]).toEqual([200, true]);
  expect((await ask({ 'if-none-match': etag })).status).toBe(304);
  const query = '{ similarDiscussions(title: "Relaydesk agents") { similarity } }';
  for (let count = 2; count < 120; count++) await send(app, query);
  expect(await (await ask()).json()).toEqual({ status: '', html: '' });
});

test('the draft of an edit is back with the revision that it is based on, and can be discarded', async () => {
  const owner = await forum().account('Editor');
  const { id } = await ask(forum(), owner.token, 'With a comment that is edited twice');
  const commentId = await say(forum(), owner.token, id, 'Stored.');
  const { page, signInAs, complaints } = await forum().open();
  await signInAs(owner);
  const edit = () => page.goto(`${forum().app.url}/comments/${commentId}/edit`);
  const text = page.getByLabel('Text');
  await edit();
  // a status is announced if it was there before its text
  const status = page.locator('[data-restored]').getByRole('status');
  expect([await status.count(), await status.textContent()]).toEqual([1, '']);
  expect(await page.getByRole('button', { name: 'Discard the draft' }).count()).toBe(0);
  await text.fill('Mine.');
  await act(forum(), owner.token, 'updateComment', { commentId, body: 'Theirs.' });
  await page.goto(forum().app.url);
  await edit();
  await status.getByText('Your draft is back').waitFor();
  expect(await text.inputValue()).toBe('Mine.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Your text compared with theirs' }).waitFor();
  await edit();
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  expect(await text.inputValue()).toBe('Theirs.');
  await edit();
  expect(await text.inputValue()).toBe('Theirs.');
  expect(await page.getByText('Your draft is back').isVisible()).toBe(false);
  expect(complaints).toEqual([]);
});

/** A question of a member, with its form open to them. */
async function openEdit(name: string, title: string) {
  const owner = await forum().account(name);
  const about = await ask(forum(), owner.token, title);
  const { page, signInAs } = await forum().open();
  await signInAs(owner);
  const edit = () => page.goto(`${forum().app.url}${about.path}/edit`);
  await edit();
  const update = (change: object) =>
    act(forum(), owner.token, 'updateDiscussion', { discussionId: about.id, ...change });
  const stored = async () =>
    (await send(forum().app, `{ discussion(slug: "${about.slug}") { title body } }`)).body.data.discussion;
  return { page, edit, update, stored, title: page.getByLabel(TITLE), text: page.getByLabel('Details') };
}

test('no draft is put over what a conflict shows, and saving again keeps the title that was left', async () => {
  const { page, update, stored, title, text } = await openEdit('Conflicted', 'The first title');
  await text.fill('Mine.');
  await update({ title: 'Their title', body: 'Theirs.' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Your text compared with theirs' }).waitFor();
  expect([await title.inputValue(), await text.inputValue()]).toEqual(['Their title', 'Mine.']);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Their title' }).waitFor();
  expect(await stored()).toEqual({ title: 'Their title', body: 'Mine.' });
});

test('the draft of an edit leaves a title that its form has left, and what is stored is no draft', async () => {
  const { page, edit, update, stored, title, text } = await openEdit('Leaver', 'The title at first');
  await text.press('End');
  await text.pressSequentially('x');
  await text.press('Backspace');
  await update({ title: 'The title since then' });
  await edit();
  expect(await title.inputValue()).toBe('The title since then');
  expect(await page.getByRole('button', { name: 'Discard the draft' }).count()).toBe(0);
  await text.fill('Mine.');
  await update({ title: 'The title at last' });
  await edit();
  await page.getByText('Your draft is back').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Your text compared with theirs' }).waitFor();
  expect([await title.inputValue(), await text.inputValue()]).toEqual(['The title at last', 'Mine.']);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'The title at last' }).waitFor();
  expect(await stored()).toEqual({ title: 'The title at last', body: 'Mine.' });
});
