import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../access/clock.ts';
import type { Email, EmailLinks, Mailer } from '../access/mailer.ts';
import { createSemaphore } from '../access/semaphore.ts';
import type { Log } from '../log.ts';
import { folderTransport, smtpTransport } from './transports.ts';

export interface MailSettings {
  /** May hold a password: never logged. Null: e-mails are written to the folder. */
  readonly smtpUrl: string | null;
  readonly from: string;
  readonly folder: string;
  readonly links: EmailLinks;
}

interface MailerParts {
  readonly log: Log;
  readonly clock: Clock;
  /** The delay before each retry, in milliseconds. */
  readonly retryAfterMs?: readonly number[];
}

export interface BackgroundMailer extends Mailer {
  /** Resolves when no e-mail is being sent. */
  idle(): Promise<void>;
  /** Waits at most this long for the e-mails that are being sent. Nothing is retried any more. */
  close(withinMs: number): Promise<void>;
}

/** E-mails are made after the response is sent, so that response times do not reveal whether there is one. */
const START_AFTER_MS = 50;
/** Covers a restart of the mail server. After that a person no longer waits for the e-mail. */
const RETRY_AFTER_MS = [1_000, 15_000, 60_000];
/** A mail server takes an e-mail in about a tenth of a second, so a full queue is sent in a minute. */
const SENDING = { atOnce: 2, waitingMax: 1_000 };

/** Sends e-mails in the background. */
export function createMailer(settings: MailSettings, parts: MailerParts): BackgroundMailer {
  const { log, clock, retryAfterMs = RETRY_AFTER_MS } = parts;
  const { smtpUrl, from, folder, links } = settings;
  const transport = smtpUrl ? smtpTransport(smtpUrl, from) : folderTransport(folder, from, clock);
  const semaphore = createSemaphore(SENDING);
  const inFlight = new Set<Promise<void>>();
  const closing = new AbortController();
  // each waiting e-mail adds a listener
  setMaxListeners(0, closing.signal);

  /** Ends early when the mailer closes. */
  const pause = (ms: number) => sleep(ms, undefined, { signal: closing.signal }).catch(() => {});

  async function deliver(email: Email): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        // only the delivery itself holds the semaphore, not the delay before a retry
        await semaphore.run(() => transport.deliver(email));
        log.info({ email: email.about, by: transport.by, tries }, 'an e-mail was sent');
        return;
      } catch (error) {
        const waitMs = retryAfterMs[tries - 1];
        const isLastTry = waitMs === undefined || isPermanent(error) || closing.signal.aborted;
        const line = { email: email.about, by: transport.by, tries, ...reasonOf(error) };
        if (isLastTry) {
          log.error(line, 'an e-mail could not be sent');
          return;
        }
        log.warn(line, 'an e-mail could not be sent yet');
        await pause(waitMs);
      }
    }
  }

  return {
    links,
    send: (make) => {
      const sent = pause(START_AFTER_MS)
        .then(() => semaphore.run(async () => make()))
        .then((email) => (email ? deliver(email) : undefined))
        .catch((error: unknown) => log.error({ err: error }, 'an e-mail could not be made'))
        .finally(() => inFlight.delete(sent));
      inFlight.add(sent);
    },
    idle: async () => {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
    close: async (withinMs) => {
      closing.abort();
      const timer = new AbortController();
      const all = Promise.all(inFlight).then(() => timer.abort());
      await Promise.race([all, sleep(withinMs, undefined, { signal: timer.signal }).catch(() => {})]);
    },
  };
}

/** Whether the mail server will never take this e-mail. RFC 5321 calls replies from 500 on permanent. */
function isPermanent(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: unknown };
  return typeof responseCode === 'number' && responseCode >= 500;
}

/** The loggable part of a failure. A server's own reply may quote the e-mail, and with it the token, so it is left out. */
function reasonOf(error: unknown): object {
  const { code, command, responseCode, message } = error as Record<string, unknown>;
  return responseCode === undefined ? { code, command, reason: message } : { code, command, responseCode };
}
