import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { CAPTURED_AT } from '../support/forum.ts';
import { openMailQueue } from '../support/mail-queue.ts';
import { startMailServer } from '../support/mail-server.ts';

const HOUR_MS = 3_600_000;

describe.each(engines)('the days of a queued e-mail on %s', (engine) => {
  let its: Awaited<ReturnType<typeof openMailQueue>>;
  beforeEach(async () => {
    its = await openMailQueue(engine);
  });
  afterEach(() => its.close());

  test('a greylisting server takes the e-mail on the third day; the pauses grow, and the log contains none of its text', async () => {
    const server = await startMailServer();
    server.refuse(451);
    const first = its.mailBy({ SMTP_URL: server.url });
    await its.queue('ada@example.com');
    const start = its.now();
    const pauses: number[] = [];
    while (its.now() - start < 50 * HOUR_MS) {
      const before = server.tried();
      await its.send(first);
      expect(server.tried()).toBe(before + 1);
      const { nextAt } = first.state();
      const pauseMs = (nextAt ?? 0) - its.now();
      pauses.push(pauseMs / 1000);
      // a wake before its time tries nothing
      its.wait(pauseMs - 1);
      await its.send(first);
      expect(server.tried()).toBe(before + 1);
      its.wait(1);
    }
    expect(pauses.slice(0, 9)).toEqual([15, 60, 300, 900, 1800, 3600, 7200, 14_400, 14_400]);
    // a restart forgets nothing
    await first.close(1000);
    const second = its.mailBy({ SMTP_URL: server.url });
    server.refuse(null);
    await its.send(second);
    expect(server.caught).toHaveLength(1);
    expect(its.logged().at(0)).toMatchObject({
      level: 'warn',
      email: 'password reset',
      tries: 1,
      responseCode: 451,
    });
    expect(its.logged().at(-1)).toMatchObject({
      msg: 'an e-mail was sent',
      by: 'SMTP',
      tries: pauses.length + 1,
    });
    expect(its.log()).not.toMatch(/prl_mail|ada@example|token/);
    expect(await its.waiting()).toEqual([]);
  });

  test('an e-mail is given up after a refusal of its recipient, and at the end of its days, with a line of the log', async () => {
    const server = await startMailServer();
    server.refuse(550);
    const mail = its.mailBy({ SMTP_URL: server.url });
    await its.queue('ada@example.com');
    await its.send(mail);
    expect([server.tried(), await its.waiting()]).toEqual([1, []]);
    expect(its.logged().at(-1)).toMatchObject({
      level: 'error',
      msg: 'an e-mail could not be sent',
      tries: 1,
    });
    server.refuse(451);
    await its.queue('ben@example.com', 'RESET_PASSWORD');
    while ((await its.waiting()).length > 0) {
      await its.send(mail);
      its.wait(HOUR_MS);
    }
    expect(its.now() - CAPTURED_AT.getTime()).toBeLessThanOrEqual(25 * HOUR_MS);
    expect(its.logged().at(-1)).toMatchObject({ level: 'error', msg: 'an e-mail could not be sent' });
    await its.queue('cleo@example.com', 'RESET_PASSWORD');
    its.wait(24 * HOUR_MS);
    const tried = server.tried();
    await its.send(mail);
    expect([server.tried(), await its.waiting()]).toEqual([tried, []]);
    expect(its.logged().at(-1)).toMatchObject({
      level: 'error',
      msg: 'an e-mail expired before it could be sent',
      tries: 0,
    });
    expect(its.log()).not.toMatch(/prl_mail|@example|token/);
  });
});
