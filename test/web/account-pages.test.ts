import { describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { engines } from '../support/database.ts';
import { type Account, useForum } from './forum.ts';

const PASSWORD = 'correct horse battery staple';
const NEW_PASSWORD = 'another horse, another battery';
const PATH = '/discussions/tallybook-or-a-spreadsheet-for-a-three-person-shop';

describe.each(engines)('on %s', (engine) => {
  const forum = useForum(engine);
  const url = (path: string) => forum().app.url + path;

  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test asks for
  async function ask(key: string, query: string): Promise<any> {
    return (await send(forum().app, query, { key })).body;
  }

  async function signIn({ email }: Account, password: string): Promise<string | null> {
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }';
    const { body } = await send(forum().app, query, { variables: { input: { email, password } } });
    return body.data?.signIn.token ?? null;
  }

  async function isValid(key: string): Promise<boolean> {
    return (await ask(key, '{ viewer { id } }')).errors === undefined;
  }

  function post(path: string, form: Record<string, string>, key: string | null, origin = forum().app.url) {
    const headers = { origin, ...(key !== null && { cookie: `parley_session=${key}` }) };
    return fetch(url(path), { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(form) });
  }

  describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
    async function member(name: string) {
      const account = await forum().account(name);
      const visit = await forum().open({ javaScriptEnabled });
      await visit.signInAs(account);
      return { account, ...visit };
    }

    test('a member changes the profile, and a handle that somebody has is refused beside its field', async () => {
      const handle = `taken-${javaScriptEnabled}`;
      const other = await forum().account('Other');
      await ask(other.token, `mutation { updateAuthor(input: { handle: "${handle}" }) { author { id } } }`);
      const { page, account, complaints } = await member('Petra Profile');
      await page.goto(url('/'));
      await page.locator('.bar details.menu > summary').click();
      await page.getByRole('link', { name: 'Account', exact: true }).click();
      await page.getByLabel('Job title').fill('Head of Support');
      await page.getByLabel('Handle').fill(handle);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('#handle[aria-invalid=true]').waitFor();
      expect(await page.getByLabel('Job title').inputValue()).toBe('Head of Support');
      await page.getByLabel('Handle').fill(`${handle}-2`);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Your profile was saved.').waitFor();
      const { data } = await ask(account.token, '{ viewer { author { name handle jobTitle company } } }');
      expect(data.viewer.author).toEqual({
        ...{ name: 'Petra Profile', handle: `${handle}-2`, jobTitle: 'Head of Support', company: null },
      });
      expect(complaints).toEqual([]);
    });

    test('a member changes the password: this session stays, the others end', async () => {
      const { page, account, complaints } = await member('Paul Password');
      const other = (await signIn(account, PASSWORD)) ?? '';
      await page.goto(url('/account/security'));
      const change = async (current: string, password: string) => {
        await page.getByLabel('Current password').fill(current);
        await page.getByLabel('New password').fill(password);
        await page.getByRole('button', { name: 'Change password' }).click();
      };
      await change('a wrong password', NEW_PASSWORD);
      await page.locator('#currentPassword[aria-invalid=true]').waitFor();
      expect(await page.content()).not.toContain(NEW_PASSWORD);
      expect(await isValid(other)).toBe(true);
      await change(PASSWORD, NEW_PASSWORD);
      await page.getByText('Your password was changed.').waitFor();
      expect(await isValid(other)).toBe(false);
      expect(await signIn(account, PASSWORD)).toBeNull();
      expect(await signIn(account, NEW_PASSWORD)).not.toBeNull();
      expect(complaints).toEqual([]);
    });

    test('a member has the confirmation sent again, and ends another session', async () => {
      const { page, account, complaints } = await member('Sam Session');
      const other = (await signIn(account, PASSWORD)) ?? '';
      await page.goto(url('/account/security'));
      await page.getByText('not confirmed yet').waitFor();
      await page.getByRole('button', { name: 'Send the confirmation e-mail again' }).click();
      await page.getByText('An e-mail with a link is on its way.').waitFor();
      expect((await forum().emailsTo(account.email, 2)).map(({ subject }) => subject)).toEqual(
        Array(2).fill(expect.stringContaining('Confirm your address')),
      );
      expect(await page.getByText('this device').count()).toBe(1);
      await page.getByRole('button', { name: /^End the session/ }).click();
      await page.getByText('The session was ended.').waitFor();
      expect([await isValid(other), await isValid(account.token)]).toEqual([false, true]);
      expect(await page.getByRole('button', { name: /^End the session/ }).count()).toBe(0);
      expect(complaints).toEqual([]);
    });

    test('an API key is shown once, works, and ends when it is revoked', async () => {
      const { page, account, complaints } = await member('Kim Key');
      await page.goto(url('/account/api-keys'));
      await page.getByLabel('Name of the key').fill('nightly export');
      expect(await page.getByLabel('What it can do').locator('option').allTextContents()).toEqual([
        'Read',
        'Read and write',
      ]);
      await page.getByLabel('What it can do').selectOption('READ');
      await page.getByLabel('Expires').selectOption({ label: 'in 90 days' });
      await page.getByRole('button', { name: 'Create key' }).click();
      const secret = (await page.locator('.secret').textContent()) ?? '';
      const { data } = await ask(account.token, '{ viewer { apiKeys { nodes { name scopes expiresAt } } } }');
      const [key] = data.viewer.apiKeys.nodes;
      expect(key).toMatchObject({ name: 'nightly export', scopes: ['READ'] });
      expect(Math.round((Date.parse(key.expiresAt) - Date.now()) / 86_400_000)).toBe(90);
      expect(await isValid(secret)).toBe(true);
      await page.goto(url('/account/api-keys'));
      expect(await page.content()).not.toContain(secret);
      await page.getByRole('button', { name: 'Revoke nightly export' }).click();
      await page.getByText('The key was revoked.').waitFor();
      expect(await isValid(secret)).toBe(false);
      expect(complaints).toEqual([]);
    });

    test('a member bookmarks a discussion, finds it again, and removes the bookmark', async () => {
      const { page, complaints } = await member('Berta Bookmark');
      await page.goto(url('/bookmarks'));
      await page.getByText('You have no bookmarks.').waitFor();
      await page.goto(url(PATH));
      await page.getByRole('button', { name: 'Bookmark', pressed: false }).click();
      await page.getByRole('button', { name: 'Bookmark', pressed: true }).waitFor();
      await page.goto(url('/bookmarks'));
      await page.locator('.row h2 a').click();
      expect(new URL(page.url()).pathname).toBe(PATH);
      await page.getByRole('button', { name: 'Bookmark', pressed: true }).click();
      await page.getByRole('button', { name: 'Bookmark', pressed: false }).waitFor();
      await page.goto(url('/bookmarks'));
      await page.getByText('You have no bookmarks.').waitFor();
      expect(complaints).toEqual([]);
    });
  });

  test.each(['/account', '/account/security', '/account/api-keys', '/bookmarks'])(
    '%s asks a guest to sign in, and returns to it',
    async (path) => {
      const response = await fetch(url(path));
      expect(response.status).toBe(401);
      expect(await response.text()).toContain(`name="return" value="${path}"`);
    },
  );

  test('a guest bookmarks by signing in', async () => {
    const account = await forum().account('Gustav Guest');
    const { page } = await forum().open();
    await page.goto(url(PATH));
    await page.getByRole('button', { name: 'Bookmark' }).click();
    await page.getByLabel('E-mail address').fill(account.email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: 'Bookmark', pressed: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe(PATH);
  });

  test('the sign-in never carries a password of a form', async () => {
    const form = { key: 'k', currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    const response = await post('/account/password', form, null);
    expect(response.status).toBe(401);
    const html = await response.text();
    expect(html).not.toContain(PASSWORD);
    expect(html).not.toContain(NEW_PASSWORD);
  });

  test('a double click creates one key, and both answers show it', async () => {
    const { token } = await forum().account('Dora Double');
    const create = async () => {
      const response = await post('/account/api-keys', { key: 'k1', name: 'once', scopes: 'READ' }, token);
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
      return /class="secret">([^<]+)/.exec(await response.text())?.[1];
    };
    const [first, second] = await Promise.all([create(), create()]);
    expect(first).toMatch(/^prl_/);
    expect(second).toBe(first);
    const { data } = await ask(token, '{ viewer { apiKeys { totalCount } } }');
    expect(data.viewer.apiKeys.totalCount).toBe(1);
  });

  test('forms of other sites and ids of other accounts change nothing', async () => {
    const { token } = await forum().account('Victim');
    const other = await forum().account('Other');
    const query = '{ viewer { sessions { nodes { id } } } }';
    const [session] = (await ask(token, query)).data.viewer.sessions.nodes;
    expect((await post(`/account/sessions/${session.id}/end`, { key: 'k' }, other.token)).status).toBe(404);
    for (const [path, form] of [
      ['/account', { name: 'Mallory' }],
      ['/account/password', { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }],
      ['/account/confirmation', {}],
      [`/account/sessions/${session.id}/end`, {}],
      ['/account/api-keys', { name: 'stolen', scopes: 'READ' }],
      ['/bookmarks', { to: 'on' }],
    ] as const)
      expect((await post(path, { key: 'k', ...form }, token, 'https://evil.example')).status).toBe(403);
    const { data } = await ask(token, '{ viewer { author { name } apiKeys { totalCount } } }');
    expect(data.viewer).toEqual({ author: { name: 'Victim' }, apiKeys: { totalCount: 0 } });
  });
});
