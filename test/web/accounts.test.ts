import { describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { engines } from '../support/database.ts';
import { useForum } from './forum.ts';

const PASSWORD = 'correct horse battery staple';
const NEW_PASSWORD = 'another horse, another battery';

describe.each(engines)('on %s', (engine) => {
  const forum = useForum(engine);

  /** The link of an e-mail, as its reader opens it here: the port is chosen after the settings are read. */
  function linkIn(text: string): string {
    const link = new URL(/https?:\S+/.exec(text)?.[0] ?? '');
    return forum().app.url + link.pathname + link.search;
  }

  async function signIn(email: string, password: string): Promise<string | null> {
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }';
    const { body } = await send(forum().app, query, { variables: { input: { email, password } } });
    return body.data?.signIn.token ?? null;
  }

  async function confirmedAt(email: string, password: string): Promise<string | null> {
    const key = (await signIn(email, password)) ?? '';
    const { body } = await send(forum().app, '{ viewer { account { emailConfirmedAt } } }', { key });
    return body.data.viewer.account.emailConfirmedAt;
  }

  function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
    return fetch(forum().app.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: forum().app.url, ...headers },
      body: new URLSearchParams(form),
    });
  }

  describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
    test("a new member confirms the address with the e-mail's link, once they press the button", async () => {
      const email = `confirm-${engine}-${javaScriptEnabled}@example.com`;
      const { page, complaints } = await forum().open({ javaScriptEnabled });
      await page.goto(`${forum().app.url}/sign-up`);
      await page.getByLabel('Name', { exact: true }).fill('Connie Confirm');
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.getByText('Connie Confirm').first().waitFor();
      const [sent] = await forum().emailsTo(email, 1);
      const link = linkIn(sent?.text ?? '');
      // a program that checks e-mails opens the link first
      expect((await fetch(link)).status).toBe(200);
      expect(await confirmedAt(email, PASSWORD)).toBeNull();
      // on another device, without a session
      const other = await forum().open({ javaScriptEnabled });
      await other.page.goto(link);
      await other.page.getByRole('button', { name: 'Confirm my address' }).click();
      await other.page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
      expect(await confirmedAt(email, PASSWORD)).not.toBeNull();
      expect(new URL(other.page.url()).search).toBe('?done=yes');
      expect([...complaints, ...other.complaints]).toEqual([]);
    });

    test('a member who has forgotten the password sets a new one', async () => {
      const { email, token } = await forum().account('Fred Forgetful');
      const { page, complaints } = await forum().open({ javaScriptEnabled });
      await page.goto(`${forum().app.url}/sign-in`);
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      await page.getByLabel('E-mail address').fill(email);
      await page.getByRole('button', { name: 'Send the e-mail' }).click();
      await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
      const sent = (await forum().emailsTo(email, 2)).find(({ subject }) => /new password/.test(subject));
      await page.goto(linkIn(sent?.text ?? ''));
      expect(await page.getByLabel('New password').getAttribute('type')).toBe('password');
      await page.getByLabel('New password').fill('short');
      await page.getByRole('button', { name: 'Set the password' }).click();
      await page.locator('#newPassword[aria-invalid=true]').waitFor();
      expect(await signIn(email, PASSWORD)).not.toBeNull();
      await page.getByLabel('New password').fill(NEW_PASSWORD);
      await page.getByRole('button', { name: 'Set the password' }).click();
      await page.getByText('Your new password is set.').waitFor();
      expect(await signIn(email, PASSWORD)).toBeNull();
      const { body } = await send(forum().app, '{ viewer { id } }', { key: token });
      expect(body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password').fill(NEW_PASSWORD);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByText('Fred Forgetful').first().waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
      expect(complaints).toEqual([]);
    });
  });

  test.each([true, false])('a member signs out by the menu; JavaScript: %s', async (javaScriptEnabled) => {
    const account = await forum().account('Sana');
    const { page, complaints, signInAs } = await forum().open({ javaScriptEnabled });
    await signInAs(account);
    await page.goto(`${forum().app.url}/ask`);
    await page.locator('header summary').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
    const { body } = await send(forum().app, '{ viewer { id } }', { key: account.token });
    expect(body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect(complaints).toEqual([]);
  });

  test('the page after a request for a new password tells nobody who has an account', async () => {
    const { email } = await forum().account('Known');
    const answers = await Promise.all(
      [email, 'nobody@example.com'].map(async (one) => {
        const { status, headers } = await post('/forgot-password', { key: `for ${one}`, email: one });
        return [status, headers.get('location')];
      }),
    );
    expect(answers).toEqual([
      [303, '/forgot-password?sent=yes'],
      [303, '/forgot-password?sent=yes'],
    ]);
  });

  test('a double click confirms and resets once, and both answers say so', async () => {
    const { email } = await forum().account('Dora Double');
    const [confirmation] = await forum().emailsTo(email, 1);
    const confirm = () => post('/confirm-email', { key: 'c1', token: confirmation?.token ?? '' });
    expect((await Promise.all([confirm(), confirm()])).map(({ status }) => status)).toEqual([303, 303]);
    await post('/forgot-password', { key: 'f1', email });
    const reset = (await forum().emailsTo(email, 2)).find(({ subject }) => /new password/.test(subject));
    const set = (key: string) =>
      post('/reset-password', { key, token: reset?.token ?? '', newPassword: NEW_PASSWORD });
    expect((await Promise.all([set('r1'), set('r1')])).map(({ status }) => status)).toEqual([303, 303]);
    expect((await set('r2')).status).toBe(422);
  });

  test('a session that has ended is no obstacle to a new password or a confirmation', async () => {
    const { email, token } = await forum().account('Ed Ended');
    await send(forum().app, 'mutation { signOut(input: {}) { clientMutationId } }', { key: token });
    const cookie = `parley_session=${token}`;
    const [sent] = await forum().emailsTo(email, 1);
    for (const [path, form, location] of [
      ['/confirm-email', { token: sent?.token ?? '' }, '/confirm-email?done=yes'],
      ['/forgot-password', { email }, '/forgot-password?sent=yes'],
    ] as const)
      expect((await post(path, { key: 'k', ...form }, { cookie })).headers.get('location')).toBe(location);
  });

  test.each(['/confirm-email', '/reset-password'])(
    '%s refuses a token that is none, and forms of other sites',
    async (path) => {
      const form = { key: 'k', token: 'none', newPassword: NEW_PASSWORD };
      const refused = await post(path, form);
      expect([refused.status, refused.headers.get('cache-control')]).toEqual([422, 'no-store']);
      expect(await refused.text()).toContain('role="alert"');
      expect((await post(path, form, { origin: 'https://evil.example' })).status).toBe(403);
      const bare = await fetch(forum().app.url + path);
      expect(await bare.text()).toContain('This address is not complete.');
    },
  );
});
