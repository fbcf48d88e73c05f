import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../access/clock.ts';
import type { Email, EmailLinks, Mailer } from '../access/mailer.ts';
import { createSemaphore } from '../access/semaphore.ts';
import type { Log } from '../log.ts';
import { folderTransport } from './folder-transport.ts';
import { smtpTransport } from './smtp-transport.ts';
import type { MailTransport } from './transport.ts';

export interface MailSettings {
  /** May hold a password: never logged. Null: letters go to the folder. */
  readonly smtpUrl: string | null;
  readonly from: string;
  readonly folder: string;
  readonly links: EmailLinks;
}

export interface MailerParts {
  readonly log: Log;
  readonly clock: Clock;
  /** How long to wait before each further try, in milliseconds. */
  readonly retryAfterMs?: readonly number[];
}

export interface PostOffice extends Mailer {
  /** Resolves when no letter is under way. */
  idle(): Promise<void>;
  /** Gives the letters that are under way this long, and tries none again. */
  close(withinMs: number): Promise<void>;
}

/** A letter is begun when the answer has gone: how long that took must not tell whether there was one to write. */
const BEGIN_AFTER_MS = 50;
/** Long enough for a mail server that is being started again; a person waits no longer for a letter anyway. */
const RETRY_AFTER_MS = [1_000, 15_000, 60_000];
/** A mail server takes a letter in about a tenth of a second: that many go in a minute, and a full queue is a fault. */
const LETTERS = { atOnce: 2, waitingMax: 1_000 };

/** Sends letters behind the requests' backs. */
export function createMailer(settings: MailSettings, parts: MailerParts): PostOffice {
  const { log, clock, retryAfterMs = RETRY_AFTER_MS } = parts;
  const { smtpUrl, from, folder, links } = settings;
  const carrier: MailTransport = smtpUrl
    ? smtpTransport(smtpUrl, from)
    : folderTransport(folder, from, clock);
  const turns = createSemaphore(LETTERS);
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();
  // every letter that waits listens to it
  setMaxListeners(0, closing.signal);

  /** Not longer than until the program is told to end. */
  const pause = (ms: number) => sleep(ms, undefined, { signal: closing.signal }).catch(() => {});

  async function carried(letter: Email): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        // waiting for a further try takes nobody's turn
        await turns.run(() => carrier.carry(letter));
        log.info({ letter: letter.about, by: carrier.by, tries }, 'a letter was sent');
        return;
      } catch (error) {
        const waitMs = retryAfterMs[tries - 1];
        const isLast = waitMs === undefined || isForGood(error) || closing.signal.aborted;
        const line = { letter: letter.about, by: carrier.by, tries, ...reasonOf(error) };
        if (isLast) {
          log.error(line, 'a letter could not be sent');
          return;
        }
        log.warn(line, 'a letter could not be sent yet');
        await pause(waitMs);
      }
    }
  }

  return {
    links,
    send: (write) => {
      const sent = pause(BEGIN_AFTER_MS)
        .then(() => turns.run(async () => write()))
        .then((letter) => (letter ? carried(letter) : undefined))
        .catch((error: unknown) => log.error({ err: error }, 'a letter could not be written'))
        .finally(() => underWay.delete(sent));
      underWay.add(sent);
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: async (withinMs) => {
      closing.abort();
      const late = new AbortController();
      const all = Promise.all(underWay).then(() => late.abort());
      await Promise.race([all, sleep(withinMs, undefined, { signal: late.signal }).catch(() => {})]);
    },
  };
}

/** Whether the mail server said that it will never take this letter: RFC 5321 calls its answers from 500 on permanent. */
function isForGood(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: unknown };
  return typeof responseCode === 'number' && responseCode >= 500;
}

/** What the log may hold of a failure. A server's own words may quote the letter, and with it the token in it. */
function reasonOf(error: unknown): object {
  const { code, command, responseCode, message } = error as Record<string, unknown>;
  return responseCode === undefined ? { code, command, reason: message } : { code, command, responseCode };
}
