import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BackgroundMailer } from '../../src/mail/mailer.ts';
import { engines } from '../support/database.ts';
import { emailTo, openMailQueue, TOKEN } from '../support/mail-queue.ts';
import { startMailServer, startRecorder } from '../support/mail-server.ts';

describe.each(engines)('e-mail by SMTP on %s', (engine) => {
  let its: Awaited<ReturnType<typeof openMailQueue>>;
  beforeEach(async () => {
    its = await openMailQueue(engine);
  });
  afterEach(() => its.close());

  test('reaches a mail server unchanged, from the sender in the settings, and is gone from the database', async () => {
    const { url, caught } = await startMailServer();
    const mail = its.mailBy({ SMTP_URL: url, MAIL_FROM: 'The Forum <forum@example.com>' });
    await its.queue('ada@example.com');
    await its.send(mail);
    const { about: _about, ...sent } = emailTo('ada@example.com');
    expect(caught).toEqual([
      { ...sent, from: 'The Forum <forum@example.com>', token: TOKEN, recipients: ['ada@example.com'] },
    ]);
    expect(await its.waiting()).toEqual([]);
    expect(mail.state()).toEqual({ waiting: 0, oldestAt: null, nextAt: null });
  });

  test('signs in to the server with the user and password of the URL', async () => {
    const seen: unknown[] = [];
    const { url, caught } = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        seen.push([username, password]);
        done(null, { user: username });
      },
    });
    await its.queue('ada@example.com');
    await its.send(its.mailBy({ SMTP_URL: url.replace('//', '//me:pass%20word@') }));
    expect(seen).toEqual([['me', 'pass word']]);
    expect(caught).toHaveLength(1);
  });

  test.each([
    ['a&b/c+d@example.com'],
    ["o'hara!#$%*=?^_`{|}~@example.com"],
    // the server of this test shows the Unicode of what it receives in ASCII
    ['ada@xn--bcher-kva.example', 'ada@bücher.example'],
  ])('reaches the mailbox %s', async (address, received = address) => {
    const { url, caught } = await startMailServer();
    await its.queue(address);
    await its.send(its.mailBy({ SMTP_URL: url }));
    expect(caught.map(({ recipients }) => recipients)).toEqual([[received]]);
  });

  test('reaches a quoted mailbox, which the server of the other tests does not know', async () => {
    const server = await startRecorder();
    await its.queue('"ada quay, x.@y"@example.com');
    await its.send(its.mailBy({ SMTP_URL: server.url }));
    expect(server.received()).toMatch(/\r\nRCPT TO:<"ada quay, x\.@y"@example\.com>\r\n/);
    expect(await its.waiting()).toEqual([]);
  });

  test('is not given up for what the operator can repair: a wrong password of the mail server', async () => {
    const { url } = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('no'), { responseCode: 535 })),
    });
    await its.queue('ada@example.com');
    await its.send(its.mailBy({ SMTP_URL: url.replace('//', '//me:x@') }));
    expect(await its.waiting()).toEqual([{ recipient: 'ada@example.com', attempts: 1 }]);
  });

  test('of many instances one sends each e-mail, and one that crashes leaves it to the others', async () => {
    const { url, caught } = await startMailServer();
    for (let n = 0; n < 20; n++) await its.queue(`person-${n}@example.com`);
    const mailers = Array.from({ length: 5 }, () => its.mailBy({ SMTP_URL: url }));
    await Promise.all(mailers.map(its.send));
    const everyone = Array.from({ length: 20 }, (_, n) => `person-${n}@example.com`);
    expect(caught.map(({ to }) => to).sort()).toEqual(everyone.sort());
    // claims it, and never comes back
    await its.queue('last@example.com');
    const claimed = await its.claim(300_000);
    expect(claimed).toMatchObject({ recipient: 'last@example.com', attempts: 1 });
    await its.send(mailers[0] as BackgroundMailer);
    expect(caught).toHaveLength(20);
    its.wait(300_000);
    await Promise.all(mailers.map(its.send));
    expect(caught.slice(20).map(({ to }) => to)).toEqual(['last@example.com']);
  });

  test('fails nothing while the server is away, and a stop does not wait for retries', async () => {
    const mail = its.mailBy({ SMTP_URL: 'smtp://127.0.0.1:1' });
    await its.queue('ada@example.com');
    await its.send(mail);
    expect(its.logged().at(-1)).toMatchObject({ level: 'warn', tries: 1 });
    const startedAt = performance.now();
    await mail.close(60_000);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(await its.waiting()).toEqual([{ recipient: 'ada@example.com', attempts: 1 }]);
  });
});
