import { readdirSync, statSync } from 'node:fs';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Email, EmailKind } from '../../src/access/mailer.ts';
import { createLog } from '../../src/log.ts';
import { type QueuedEmail, queueEmail } from '../../src/mail/email-queue.ts';
import { type BackgroundMailer, createMailer } from '../../src/mail/mailer.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { newId, statement } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase, temporaryFolder } from '../support/database.ts';
import { readEmails } from '../support/emails.ts';
import { CAPTURED_AT } from '../support/forum.ts';
import { startMailServer, startRecorder } from '../support/mail-server.ts';

const TOKEN = 'prl_mail_abcdefghijklmnopqrstuvwxyz0123456789AB';
const ROWS = statement<{ recipient: string; attempts: number }>(
  'test.queue',
  'SELECT recipient, attempts FROM queued_email ORDER BY id',
  { table: 'queued_email' },
);
const HOUR_MS = 3_600_000;

const emailTo = (to: string): Email => ({
  about: 'password reset',
  to,
  subject: 'Set a new password',
  text: `Open this page:\n\nhttps://forum.example/reset-password?token=${TOKEN}\n`,
});

describe.each(engines)('the queue of e-mails on %s', (engine) => {
  let database: TestDatabase;
  let now: Date;
  let lines: string[];
  const clock = () => now;
  beforeEach(async () => {
    database = await openTestDatabase(engine);
    now = CAPTURED_AT;
    lines = [];
  });
  afterEach(() => database.close());

  const logged = () => lines.map((line) => JSON.parse(line));
  const wait = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  const waiting = () => database.db.read.all(ROWS, []);
  const queue = (to: string, kind: EmailKind = 'CONFIRM_EMAIL') =>
    database.db.transaction((tx) => queueEmail({ now: clock, newId: () => newId(now) }, tx, kind, to));
  /** One instance's mailer. */
  function mailBy(
    env: Record<string, string>,
    prepare = async ({ recipient }: QueuedEmail): Promise<Email | null> => emailTo(recipient),
  ): BackgroundMailer {
    const destination = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString());
        done();
      },
    });
    const { mail } = readSettings({ SITE_URL: 'https://forum.example', ...env });
    const log = createLog('info', destination);
    const mailer = createMailer(mail, {
      ...{ db: database.db, log, clock },
      prepare: (_tx, queued) => prepare(queued),
    });
    onTestFinished(() => mailer.close(1000));
    return mailer;
  }
  const send = async (mail: BackgroundMailer) => {
    mail.wake();
    await mail.idle();
  };

  describe('by SMTP', () => {
    test('reaches a mail server unchanged, from the sender in the settings, and is gone from the database', async () => {
      const { url, caught } = await startMailServer();
      const mail = mailBy({ SMTP_URL: url, MAIL_FROM: 'The Forum <forum@example.com>' });
      await queue('ada@example.com');
      await send(mail);
      const { about: _about, ...sent } = emailTo('ada@example.com');
      expect(caught).toEqual([
        { ...sent, from: 'The Forum <forum@example.com>', token: TOKEN, recipients: ['ada@example.com'] },
      ]);
      expect(await waiting()).toEqual([]);
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
      await queue('ada@example.com');
      await send(mailBy({ SMTP_URL: url.replace('//', '//me:pass%20word@') }));
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
      await queue(address);
      await send(mailBy({ SMTP_URL: url }));
      expect(caught.map(({ recipients }) => recipients)).toEqual([[received]]);
    });

    test('reaches a quoted mailbox, which the server of the other tests does not know', async () => {
      const server = await startRecorder();
      await queue('"ada quay, x.@y"@example.com');
      await send(mailBy({ SMTP_URL: server.url }));
      expect(server.received()).toMatch(/\r\nRCPT TO:<"ada quay, x\.@y"@example\.com>\r\n/);
      expect(await waiting()).toEqual([]);
    });

    test('a greylisting server takes the e-mail on the third day; the pauses grow, and the log holds none of its text', async () => {
      const server = await startMailServer();
      server.refuse(451);
      const first = mailBy({ SMTP_URL: server.url });
      await queue('ada@example.com');
      const start = now.getTime();
      const pauses: number[] = [];
      while (now.getTime() - start < 50 * HOUR_MS) {
        const before = server.tried();
        await send(first);
        expect(server.tried()).toBe(before + 1);
        const { nextAt } = first.state();
        const pauseMs = (nextAt ?? 0) - now.getTime();
        pauses.push(pauseMs / 1000);
        // a wake before its time tries nothing
        wait(pauseMs - 1);
        await send(first);
        expect(server.tried()).toBe(before + 1);
        wait(1);
      }
      expect(pauses.slice(0, 9)).toEqual([15, 60, 300, 900, 1800, 3600, 7200, 14_400, 14_400]);
      // a restart forgets nothing
      await first.close(1000);
      const second = mailBy({ SMTP_URL: server.url });
      server.refuse(null);
      await send(second);
      expect(server.caught).toHaveLength(1);
      expect(logged().at(0)).toMatchObject({
        level: 'warn',
        email: 'password reset',
        tries: 1,
        responseCode: 451,
      });
      expect(logged().at(-1)).toMatchObject({
        msg: 'an e-mail was sent',
        by: 'SMTP',
        tries: pauses.length + 1,
      });
      expect(lines.join('')).not.toMatch(/prl_mail|ada@example|token/);
      expect(await waiting()).toEqual([]);
    });

    test('is given up after a refusal of its recipient, and at the end of its days, with a line of the log', async () => {
      const server = await startMailServer();
      server.refuse(550);
      const mail = mailBy({ SMTP_URL: server.url });
      await queue('ada@example.com');
      await send(mail);
      expect([server.tried(), await waiting()]).toEqual([1, []]);
      expect(logged().at(-1)).toMatchObject({ level: 'error', msg: 'an e-mail could not be sent', tries: 1 });
      server.refuse(451);
      await queue('ben@example.com', 'RESET_PASSWORD');
      while ((await waiting()).length > 0) {
        await send(mail);
        wait(HOUR_MS);
      }
      expect(now.getTime() - CAPTURED_AT.getTime()).toBeLessThanOrEqual(25 * HOUR_MS);
      expect(logged().at(-1)).toMatchObject({ level: 'error', msg: 'an e-mail could not be sent' });
      await queue('cleo@example.com', 'RESET_PASSWORD');
      wait(24 * HOUR_MS);
      const tried = server.tried();
      await send(mail);
      expect([server.tried(), await waiting()]).toEqual([tried, []]);
      expect(logged().at(-1)).toMatchObject({
        level: 'error',
        msg: 'an e-mail expired before it could be sent',
        tries: 0,
      });
      expect(lines.join('')).not.toMatch(/prl_mail|@example|token/);
    });

    test('is not given up for what the operator can repair: a wrong password of the mail server', async () => {
      const { url } = await startMailServer({
        authOptional: false,
        allowInsecureAuth: true,
        onAuth: (_auth, _session, done) => done(Object.assign(new Error('no'), { responseCode: 535 })),
      });
      await queue('ada@example.com');
      await send(mailBy({ SMTP_URL: url.replace('//', '//me:x@') }));
      expect(await waiting()).toEqual([{ recipient: 'ada@example.com', attempts: 1 }]);
    });

    test('of many instances one sends each e-mail, and one that crashes leaves it to the others', async () => {
      const { url, caught } = await startMailServer();
      for (let n = 0; n < 20; n++) await queue(`person-${n}@example.com`);
      const mailers = Array.from({ length: 5 }, () => mailBy({ SMTP_URL: url }));
      await Promise.all(mailers.map(send));
      const everyone = Array.from({ length: 20 }, (_, n) => `person-${n}@example.com`);
      expect(caught.map(({ to }) => to).sort()).toEqual(everyone.sort());
      // claims it, and never comes back
      await queue('last@example.com');
      const crashing = mailBy({ SMTP_URL: url }, () => new Promise(() => {}));
      const claimed = await database.db.transaction(async (tx) => {
        const { claimEmail } = await import('../../src/mail/email-queue.ts');
        return claimEmail(tx, now, new Date(now.getTime() + 300_000));
      });
      expect(claimed).toMatchObject({ recipient: 'last@example.com', attempts: 1 });
      await crashing.close(0);
      await send(mailers[0] as BackgroundMailer);
      expect(caught).toHaveLength(20);
      wait(300_000);
      await Promise.all(mailers.map(send));
      expect(caught.slice(20).map(({ to }) => to)).toEqual(['last@example.com']);
    });

    test('fails nothing while the server is away, and a stop does not wait for retries', async () => {
      const mail = mailBy({ SMTP_URL: 'smtp://127.0.0.1:1' });
      await queue('ada@example.com');
      await send(mail);
      expect(logged().at(-1)).toMatchObject({ level: 'warn', tries: 1 });
      const startedAt = performance.now();
      await mail.close(60_000);
      expect(performance.now() - startedAt).toBeLessThan(10_000);
      expect(await waiting()).toEqual([{ recipient: 'ada@example.com', attempts: 1 }]);
    });
  });

  test('a later one of a kind to the same address replaces the first, and a rolled back one is none', async () => {
    await queue('ada@example.com');
    await queue('ada@example.com');
    await queue('ada@example.com', 'PASSWORD_CHANGED');
    await expect(
      database.db.transaction(async (tx) => {
        await queueEmail({ now: clock, newId: () => newId(now) }, tx, 'CONFIRM_EMAIL', 'ben@example.com');
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await waiting()).toHaveLength(2);
    // of several at once too
    await Promise.all(Array.from({ length: 10 }, () => queue('cleo@example.com')));
    expect(await waiting()).toHaveLength(3);
  });

  test('takes ten thousand, and then refuses all but notices about an account', async () => {
    await database.db.write(async (tx) => {
      const row = { kind: 'CONFIRM_EMAIL', createdAt: now, nextAttemptAt: now, expiresAt: now };
      await tx.queuedEmail.createMany({
        data: Array.from({ length: 10_000 }, (_, n) => ({
          ...row,
          id: newId(now),
          recipient: `${n}@example.com`,
        })),
      });
    });
    await expect(queue('ada@example.com')).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfter: 60 });
    await queue('ada@example.com', 'PASSWORD_CHANGED');
  });

  test('to a folder is one complete file per e-mail that only its own user can read', async () => {
    const folder = temporaryFolder();
    onTestFinished(folder.remove);
    const mail = mailBy({ MAIL_FOLDER: folder.file('a/b') });
    for (let n = 0; n < 5; n++) await queue(`${n}@example.com`);
    await send(mail);
    const names = readdirSync(folder.file('a/b'));
    expect(names).toHaveLength(5);
    expect(names.every((name) => /^2026-11-24T00-00-00\.000Z-\d{6}-[0-9a-f]{8}\.eml$/.test(name))).toBe(true);
    expect(statSync(`${folder.file('a/b')}/${names[0]}`).mode & 0o077).toBe(0);
    expect(
      readEmails(folder.file('a/b'))
        .map(({ to }) => to)
        .sort(),
    ).toEqual([0, 1, 2, 3, 4].map((n) => `${n}@example.com`));
    expect(lines.join('')).not.toMatch(/prl_mail|@example/);
  });

  test('one that is no longer wanted is deleted unsent, and a fault while making one is logged and tried again', async () => {
    const folder = temporaryFolder();
    onTestFinished(folder.remove);
    await queue('nobody@example.com');
    await send(mailBy({ MAIL_FOLDER: folder.file('mail') }, async () => null));
    expect(await waiting()).toEqual([]);
    await queue('ada@example.com');
    const failing = async () => {
      throw new Error('the database is gone');
    };
    await send(mailBy({ MAIL_FOLDER: folder.file('mail') }, failing));
    expect(readEmails(folder.file('mail'))).toEqual([]);
    expect(logged().at(-1)).toMatchObject({ level: 'warn', err: { message: 'the database is gone' } });
    await send(mailBy({ MAIL_FOLDER: folder.file('mail') }));
    expect(readEmails(folder.file('mail')).map(({ to }) => to)).toEqual(['ada@example.com']);
  });
});
