import { readdirSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Email } from '../../src/access/mailer.ts';
import { createLog } from '../../src/log.ts';
import { type BackgroundMailer, createMailer } from '../../src/mail/mailer.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { temporaryFolder } from '../support/database.ts';
import { type ReceivedEmail, readEmail, readEmails } from '../support/emails.ts';
import { CAPTURED_AT } from '../support/forum.ts';

const TOKEN = 'prl_mail_abcdefghijklmnopqrstuvwxyz0123456789AB';

const email: Email = {
  about: 'password reset',
  to: 'ada@example.com',
  subject: 'Set a new password',
  text: `Open this page:\n\nhttps://forum.example/reset-password?token=${TOKEN}\n`,
};

/** A local mail server that stores what it receives, after refusing `times` e-mails with `code`. */
async function startCatcher(
  options: SMTPServerOptions = {},
  refusals: { times: number; code: number } = { times: 0, code: 0 },
): Promise<{ port: number; caught: ReceivedEmail[]; tried: () => number }> {
  const caught: ReceivedEmail[] = [];
  let tried = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    ...options,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const eml = Buffer.concat(chunks).toString('utf8');
        if (++tried <= refusals.times) {
          const refusal = new Error(`I do not like ${readEmail(eml).token}`);
          return done(Object.assign(refusal, { responseCode: refusals.code }));
        }
        caught.push(readEmail(eml));
        return done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, caught, tried: () => tried };
}

function mailBy(
  env: Record<string, string>,
  retryAfterMs: readonly number[] = [1, 1],
): { mail: BackgroundMailer; lines: string[] } {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const { mail } = readSettings({ SITE_URL: 'https://forum.example', ...env });
  const parts = { log: createLog('info', destination), clock: () => CAPTURED_AT, retryAfterMs };
  return { mail: createMailer(mail, parts), lines };
}

describe('e-mail by SMTP', () => {
  test('reaches a real mail server unchanged, from the sender in the settings', async () => {
    const { port, caught } = await startCatcher();
    const { mail } = mailBy({
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'The Forum <forum@example.com>',
    });
    mail.send(() => email);
    await mail.idle();
    const { about: _about, ...sent } = email;
    expect(caught).toEqual([{ ...sent, from: 'The Forum <forum@example.com>', token: TOKEN }]);
  });

  test('signs in to the server with the user and password of the URL', async () => {
    const seen: unknown[] = [];
    const { port, caught } = await startCatcher({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        seen.push([username, password]);
        done(null, { user: username });
      },
    });
    const { mail } = mailBy({ SMTP_URL: `smtp://me:pass%20word@127.0.0.1:${port}` });
    mail.send(() => email);
    await mail.idle();
    expect(seen).toEqual([['me', 'pass word']]);
    expect(caught).toHaveLength(1);
  });

  test('is retried if the server asks for it, and the log holds none of its text', async () => {
    const { port, caught, tried } = await startCatcher({}, { times: 2, code: 451 });
    const { mail, lines } = mailBy({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    mail.send(() => email);
    await mail.idle();
    expect([tried(), caught.length]).toEqual([3, 1]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', email: 'password reset', tries: 1, responseCode: 451 },
      { level: 'warn', tries: 2 },
      { level: 'info', msg: 'an e-mail was sent', by: 'SMTP', tries: 3 },
    ]);
    expect(lines.join('')).not.toMatch(/prl_mail|ada@example|token/);
  });

  test('is given up after a permanent refusal and after the last retry', async () => {
    const refusing = await startCatcher({}, { times: 9, code: 550 });
    const busy = await startCatcher({}, { times: 9, code: 451 });
    for (const [{ port, tried }, tries] of [
      [refusing, 1],
      [busy, 3],
    ] as const) {
      const { mail, lines } = mailBy({ SMTP_URL: `smtp://127.0.0.1:${port}` });
      mail.send(() => email);
      await mail.idle();
      expect(tried()).toBe(tries);
      expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 'error', tries });
      expect(lines.join('')).not.toMatch(/prl_mail|ada@example|token/);
    }
  });

  test('blocks nothing while the server is away, and a stop does not wait for retries', async () => {
    const { mail, lines } = mailBy({ SMTP_URL: 'smtp://127.0.0.1:1' }, [3_600_000]);
    mail.send(() => email);
    await expect.poll(() => lines.length).toBe(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', tries: 1 });
    await mail.close(60_000);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 'error', tries: 2 });
  });
});

describe('e-mail to a folder', () => {
  test('is one complete file per e-mail that only its own user can read', async () => {
    const folder = temporaryFolder();
    onTestFinished(folder.remove);
    const { mail, lines } = mailBy({ MAIL_FOLDER: folder.file('a/b') });
    for (let i = 0; i < 5; i++) mail.send(() => ({ ...email, subject: `Email ${i}` }));
    await mail.idle();
    const names = readdirSync(folder.file('a/b'));
    expect(names).toHaveLength(5);
    expect(names.every((name) => /^2026-11-24T00-00-00\.000Z-\d{6}-[0-9a-f]{8}\.eml$/.test(name))).toBe(true);
    expect(statSync(`${folder.file('a/b')}/${names[0]}`).mode & 0o077).toBe(0);
    expect(readEmails(folder.file('a/b')).map(({ subject }) => subject)).toEqual(
      [0, 1, 2, 3, 4].map((i) => `Email ${i}`),
    );
    expect(lines.join('')).not.toMatch(/prl_mail|ada@example/);
  });

  test('is not sent if there is none to make, and a fault while making one is logged', async () => {
    const folder = temporaryFolder();
    onTestFinished(folder.remove);
    const { mail, lines } = mailBy({ MAIL_FOLDER: folder.file('mail') });
    mail.send(() => null);
    mail.send(async () => {
      throw new Error('the database is gone');
    });
    await mail.idle();
    expect(readEmails(folder.file('mail'))).toEqual([]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'error', msg: 'an e-mail could not be made', err: { message: 'the database is gone' } },
    ]);
  });
});
