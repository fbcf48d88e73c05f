import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Apps, openApps, send } from '../support/app.ts';
import { engines, temporaryFolder } from '../support/database.ts';
import { readEmails } from '../support/emails.ts';
import { freePort } from '../support/free-port.ts';

const SIGN_UP = `mutation { createAccount(input: {
  email: "ada@example.com", name: "Ada", password: "a long walk by the river" }) { author { id } } }`;

describe.each(engines)('the metrics of e-mails on %s', (engine) => {
  let apps: Apps;
  beforeAll(async () => {
    apps = await openApps(engine);
  });
  afterAll(() => apps.close());

  /** A busy machine takes its time. */
  const soon = { timeout: 20_000 };

  /** The app, and what its metrics say about e-mails. */
  async function open(settings: Record<string, string>) {
    const port = String(await freePort());
    const app = await apps.open({ METRICS_PORT: port, ...settings });
    const metrics = async () => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      const [waiting, age] = ['waiting', 'oldest_seconds'].map((name) =>
        Number(new RegExp(`^parley_emails_${name} (\\S+)$`, 'm').exec(text)?.[1]),
      );
      return { waiting, age };
    };
    return { app, metrics };
  }

  test('show what waits while the mail server is away, since when, and nothing once it is sent', async () => {
    const away = await open({ SMTP_URL: `smtp://127.0.0.1:${await freePort()}` });
    expect(await away.metrics()).toEqual({ waiting: 0, age: 0 });
    expect((await send(away.app, SIGN_UP)).body.errors).toBeUndefined();
    await expect.poll(away.metrics, soon).toMatchObject({ waiting: 1 });
    // an hour later, and after a restart
    await away.app.close();
    const hourAgo = new Date(Date.now() - 3_600_000);
    await apps.db.write((tx) => tx.queuedEmail.updateMany({ data: { createdAt: hourAgo } }));
    const later = await open({ SMTP_URL: `smtp://127.0.0.1:${await freePort()}` });
    await expect.poll(async () => (await later.metrics()).age, soon).toBeGreaterThanOrEqual(3600);
    await later.app.close();
    const folder = temporaryFolder();
    onTestFinished(folder.remove);
    await apps.db.write((tx) => tx.queuedEmail.updateMany({ data: { nextAttemptAt: hourAgo } }));
    const there = await open({ MAIL_FOLDER: folder.file('mail') });
    await expect
      .poll(() => readEmails(folder.file('mail')).map(({ to }) => to), soon)
      .toEqual(['ada@example.com']);
    await expect.poll(there.metrics, soon).toEqual({ waiting: 0, age: 0 });
  });
});
