// A form that is sent while the database does not take it: nothing is lost, and nothing is posted twice.
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { send } from '../support/app.ts';
import { useForum } from './forum.ts';
import { ask } from './moderators.ts';

const forum = useForum('sqlite', { REQUEST_TIMEOUT_SECONDS: '4' });
const SLUG = 'tallybook-or-a-spreadsheet-for-a-three-person-shop';

const CHARS = 120_000;

/** Another program holds the write lock until the result is called. */
function lock(): () => void {
  const other = new BetterSqlite3(forum().apps.databaseUrl.replace('file:', ''));
  other.exec('BEGIN IMMEDIATE');
  onTestFinished(() => {
    other.close();
  });
  return () => other.exec('ROLLBACK');
}

/** Without a password, whose check would take a good part of the time that requests have here. */
const member = async (name: string) => ({
  ...{ email: '', password: '', authorId: '' },
  token: await forum().apps.key(name),
});

/** Forms send line breaks as CRLF. */
const asSent = (text: string) => text.replaceAll('\n', '\r\n');

async function commentsOf(slug: string): Promise<string[]> {
  const query = `{ discussion(slug: "${slug}") { allComments(first: 100, orderBy: NEWEST) { nodes { body } } } }`;
  const { body } = await send(forum().app, query);
  return body.data.discussion.allComments.nodes.map((node: { body: string }) => node.body);
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a comment comes back with its key, and is posted once when it is sent again', async () => {
    const text = `Kept while the forum was away (${javaScriptEnabled}).\n\n"Really" <b>&`;
    const { page, signInAs, complaints } = await forum().open({ javaScriptEnabled });
    await signInAs(await member('Patience'));
    await page.goto(`${forum().app.url}/discussions/${SLUG}`);
    await page.getByLabel('Your answer', { exact: true }).last().fill(text);
    const key = await page.locator('form#write input[name=key]').getAttribute('value');
    const sent: (string | null)[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.postData()));
    const unlock = lock();
    await page.getByRole('button', { name: 'Post answer' }).click();
    await page.getByRole('heading', { name: 'The forum does not answer right now' }).waitFor();
    expect(await page.getByLabel('Your text').inputValue()).toBe(text);
    expect(await page.locator('input[name=key]').getAttribute('value')).toBe(key);
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByRole('heading', { name: 'The forum does not answer right now' }).waitFor();
    unlock();
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.locator('.prose', { hasText: `forum was away (${javaScriptEnabled})` }).waitFor();
    const posted = (await commentsOf(SLUG)).filter((body) => body.includes(`(${javaScriptEnabled})`));
    expect(posted).toEqual([asSent(text)]);
    // the same form each time, and so the same idempotency key
    expect([sent.length, new Set(sent).size]).toEqual([3, 1]);
    expect(complaints).toEqual([]);
  });

  test('a text that is refused unread is still in its form when the reader goes back', async () => {
    const { page, signInAs } = await forum().open({ javaScriptEnabled });
    await signInAs(await member('Lengthy'));
    await page.goto(`${forum().app.url}/discussions/${SLUG}`);
    const text = page.getByLabel('Your answer', { exact: true }).last();
    // nine bytes each, percent-encoded: more than a form may have
    await text.fill('日'.repeat(CHARS));
    await page.getByRole('button', { name: 'Post answer' }).click();
    await page.getByRole('heading', { name: 'That is too long' }).waitFor();
    await page.goBack();
    expect((await text.inputValue()).length).toBe(CHARS);
  });
});

test('a question comes back with its title, and what is not typed stays with it', async () => {
  const { page, signInAs } = await forum().open({ javaScriptEnabled: false, locale: 'de-DE' });
  await signInAs(await member('Quentin'));
  await page.goto(`${forum().app.url}/ask`);
  await page.locator('input[name=title]').fill('Geht das auch offline?');
  await page.locator('textarea[name=body]').fill('Und wie?');
  await page.locator('select[name=productId]').selectOption({ label: 'Tallybook' });
  const unlock = lock();
  await page.locator('button[value=post]').click();
  await page.getByRole('heading', { name: 'Das Forum antwortet gerade nicht' }).waitFor();
  expect(await page.getByLabel('Ihr Titel').inputValue()).toBe('Geht das auch offline?');
  await page.getByLabel('Ihr Text').fill('Und wie geht es?');
  unlock();
  await page.getByRole('button', { name: 'Noch einmal senden' }).click();
  await page.getByRole('heading', { level: 1, name: 'Geht das auch offline?' }).waitFor();
  await page.locator('.prose', { hasText: 'Und wie geht es?' }).waitFor();
  await page.locator('.question').getByRole('link', { name: 'Tallybook' }).first().waitFor();
});

/** The page that a form leads to, of a member or a guest. */
async function sent(path: string, form: Record<string, string>, token?: string) {
  const { url } = forum().app;
  const headers = { origin: url, accept: 'text/html', ...(token && { cookie: `parley_session=${token}` }) };
  const body = new URLSearchParams(form);
  const response = await fetch(url + path, { method: 'POST', redirect: 'manual', headers, body });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
}

test('what is refused leads back to its page, which shows who reads', async () => {
  const owner = await member('Owner of it');
  const about = await ask(forum(), owner.token, 'Voted on by its author');
  const refused = await sent('/vote', { UP: about.id, return: about.path, key: 'k' }, owner.token);
  expect(refused.status).toBe(403);
  expect(refused.html).toContain(`<a href="${about.path}">Go back to where you were</a>`);
  expect(refused.html).toContain('Owner of it</span>');
  const headers = { accept: 'text/html', cookie: `parley_session=${owner.token}` };
  const html = await (await fetch(`${forum().app.url}/nowhere`, { headers })).text();
  expect(html).toContain('Owner of it</span>');
});

test('the sign-in says what happens after it, and that a session has ended', async () => {
  const owner = await member('Author of it');
  const about = await ask(forum(), owner.token, 'Voted on by a guest');
  const vote = { UP: about.id, return: about.path };
  const guest = await sent('/vote', vote);
  expect(guest.html).toContain('>Sign in to finish. Your action is carried out right after.<');
  const ended = await sent('/vote', vote, 'no-session');
  expect(ended.html).toContain('>Your session has ended. Sign in to finish.');
  const text = await sent(`${about.path}/comments`, {
    body: 'Text.',
    discussion: about.id,
    return: about.path,
  });
  expect(text.html).toContain('>Sign in to finish. What you wrote is sent right after.<');
  const { token } = await member('Voter');
  const { location } = await sent('/vote', { ...vote, key: 'k' }, token);
  expect(location).toBe(`${about.path}#${about.id}`);
  const page = await (await fetch(forum().app.url + about.path, { headers: { accept: 'text/html' } })).text();
  expect(page).toContain(`id="${about.id}"`);
});
