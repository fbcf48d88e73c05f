import { readdirSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { queueEmail } from '../../src/mail/email-queue.ts';
import { newId } from '../../src/store/index.ts';
import { engines, temporaryFolder } from '../support/database.ts';
import { readEmails } from '../support/emails.ts';
import { CAPTURED_AT } from '../support/forum.ts';
import { openMailQueue } from '../support/mail-queue.ts';

describe.each(engines)('the queue of e-mails on %s', (engine) => {
  let its: Awaited<ReturnType<typeof openMailQueue>>;
  beforeEach(async () => {
    its = await openMailQueue(engine);
  });
  afterEach(() => its.close());

  test('a later one of a kind to the same address replaces the first, and a rolled back one is none', async () => {
    await its.queue('ada@example.com');
    await its.queue('ada@example.com');
    await its.queue('ada@example.com', 'PASSWORD_CHANGED');
    await expect(
      its.db.transaction(async (tx) => {
        await queueEmail(its.ids, tx, 'CONFIRM_EMAIL', 'ben@example.com');
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await its.waiting()).toHaveLength(2);
    // of several at once too
    await Promise.all(Array.from({ length: 10 }, () => its.queue('cleo@example.com')));
    expect(await its.waiting()).toHaveLength(3);
  });

  test('takes ten thousand, and then refuses all but notices about an account', async () => {
    await its.db.write(async (tx) => {
      const now = CAPTURED_AT;
      const row = { kind: 'CONFIRM_EMAIL', createdAt: now, nextAttemptAt: now, expiresAt: now };
      await tx.queuedEmail.createMany({
        data: Array.from({ length: 10_000 }, (_, n) => ({
          ...row,
          id: newId(now),
          recipient: `${n}@example.com`,
        })),
      });
    });
    await expect(its.queue('ada@example.com')).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfter: 60 });
    await its.queue('ada@example.com', 'PASSWORD_CHANGED');
  });

  test('to a folder is one complete file per e-mail that only its own user can read', async () => {
    const folder = temporaryFolder();
    onTestFinished(folder.remove);
    const mail = its.mailBy({ MAIL_FOLDER: folder.file('a/b') });
    for (let n = 0; n < 5; n++) await its.queue(`${n}@example.com`);
    await its.send(mail);
    const names = readdirSync(folder.file('a/b'));
    expect(names).toHaveLength(5);
    expect(names.every((name) => /^2026-11-24T00-00-00\.000Z-\d{6}-[0-9a-f]{8}\.eml$/.test(name))).toBe(true);
    expect(statSync(`${folder.file('a/b')}/${names[0]}`).mode & 0o077).toBe(0);
    expect(
      readEmails(folder.file('a/b'))
        .map(({ to }) => to)
        .sort(),
    ).toEqual([0, 1, 2, 3, 4].map((n) => `${n}@example.com`));
    expect(its.log()).not.toMatch(/prl_mail|@example/);
  });

  test('one that is no longer wanted is deleted unsent, and a fault while making one is logged and tried again', async () => {
    const folder = temporaryFolder();
    onTestFinished(folder.remove);
    await its.queue('nobody@example.com');
    await its.send(its.mailBy({ MAIL_FOLDER: folder.file('mail') }, async () => null));
    expect(await its.waiting()).toEqual([]);
    await its.queue('ada@example.com');
    const failing = async () => {
      throw new Error('the database is gone');
    };
    await its.send(its.mailBy({ MAIL_FOLDER: folder.file('mail') }, failing));
    expect(readEmails(folder.file('mail'))).toEqual([]);
    expect(its.logged().at(-1)).toMatchObject({ level: 'warn', err: { message: 'the database is gone' } });
    await its.send(its.mailBy({ MAIL_FOLDER: folder.file('mail') }));
    expect(readEmails(folder.file('mail')).map(({ to }) => to)).toEqual(['ada@example.com']);
  });
});
