import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Email, EmailKind } from '../../src/access/mailer.ts';
import { createLog } from '../../src/log.ts';
import { claimEmail, type QueuedEmail, queueEmail } from '../../src/mail/email-queue.ts';
import { type BackgroundMailer, createMailer } from '../../src/mail/mailer.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { type Engine, newId, statement } from '../../src/store/index.ts';
import { openTestDatabase } from './database.ts';
import { CAPTURED_AT } from './forum.ts';

export const TOKEN = 'prl_mail_abcdefghijklmnopqrstuvwxyz0123456789AB';

const ROWS = statement<{ recipient: string; attempts: number }>(
  'test.queue',
  'SELECT recipient, attempts FROM queued_email ORDER BY id',
  { table: 'queued_email' },
);

/** What the mailers of a test send. */
export const emailTo = (to: string): Email => ({
  about: 'password reset',
  to,
  subject: 'Set a new password',
  text: `Open this page:\n\nhttps://forum.example/reset-password?token=${TOKEN}\n`,
});

/** A queue of e-mails on a database and a clock of its own, and mailers that send it. */
export async function openMailQueue(engine: Engine) {
  const database = await openTestDatabase(engine);
  let now = CAPTURED_AT;
  const clock = () => now;
  const lines: string[] = [];
  const ids = { now: clock, newId: () => newId(now) };
  return {
    db: database.db,
    ids,
    now: () => now.getTime(),
    wait: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    /** The text of the log, and its lines. */
    log: () => lines.join(''),
    logged: () => lines.map((line) => JSON.parse(line)),
    waiting: async () => database.db.read.all(ROWS, []),
    queue: (to: string, kind: EmailKind = 'CONFIRM_EMAIL') =>
      database.db.transaction((tx) => queueEmail(ids, tx, kind, to)),
    /** Claims an e-mail as an instance does that crashes. */
    claim: (ms: number) => database.db.transaction((tx) => claimEmail(tx, now, new Date(now.getTime() + ms))),
    /** One instance's mailer. */
    mailBy: (
      env: Record<string, string>,
      prepare = async ({ recipient }: QueuedEmail): Promise<Email | null> => emailTo(recipient),
    ): BackgroundMailer => {
      const destination = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          lines.push(chunk.toString());
          done();
        },
      });
      const { mail } = readSettings({ SITE_URL: 'https://forum.example', ...env });
      const parts = { db: database.db, log: createLog('info', destination), clock };
      const mailer = createMailer(mail, { ...parts, prepare: (_tx, queued) => prepare(queued) });
      onTestFinished(() => mailer.close(1000));
      return mailer;
    },
    send: async (mail: BackgroundMailer) => {
      mail.wake();
      await mail.idle();
    },
    close: () => database.close(),
  };
}
