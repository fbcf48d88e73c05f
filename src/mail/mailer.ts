import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../access/clock.ts';
import type { Email, EmailLinks, Mailer } from '../access/mailer.ts';
import type { Log } from '../log.ts';
import type { Database, Transaction } from '../store/index.ts';
import {
  claimEmail,
  nextAttemptAt,
  type QueuedEmail,
  type QueueState,
  readQueue,
  releaseEmail,
  removeEmail,
} from './email-queue.ts';
import { isPermanent, reasonOf } from './failures.ts';
import { folderTransport, smtpTransport } from './transports.ts';

export interface MailSettings {
  /** May hold a password: never logged. Null: e-mails are written to the folder. */
  readonly smtpUrl: string | null;
  readonly from: string;
  readonly folder: string;
  readonly links: EmailLinks;
}

interface MailerParts {
  readonly db: Database;
  readonly log: Log;
  readonly clock: Clock;
  /** Makes the e-mail that a row asks for, at each attempt. Null if it is no longer wanted. */
  readonly prepare: (tx: Transaction, queued: QueuedEmail, now: Date) => Promise<Email | null>;
}

export interface BackgroundMailer extends Mailer {
  /** Begins to send what waits from before, and looks for what other instances have left. */
  start(): void;
  /** Resolves when everything that is due was tried. */
  idle(): Promise<void>;
  /** What waited when the queue was last read. */
  state(): QueueState;
  /** Waits at most this long for the e-mails that are being sent. The others wait for the next start. */
  close(withinMs: number): Promise<void>;
}

/** E-mails are made after the response is sent, so that response times do not reveal whether there is one. */
const START_AFTER_MS = 50;
/** How often an instance looks for e-mails that others have queued or left. */
const LOOK_MS = 30_000;
/** A mail server takes an e-mail in about a tenth of a second, so a thousand are sent in a minute. */
const AT_ONCE = 2;
/** After this time an attempt has failed. */
const ATTEMPT_MS_MAX = 2 * 60_000;
/** After this time another instance may try. Clocks may differ by the rest. */
const CLAIM_MS = 5 * 60_000;

const MINUTE_MS = 60_000;
/** The pause after each attempt; the last one repeats. Greylisting ends after minutes, or at the latest after hours. */
const PAUSES_MS = [0.25, 1, 5, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS);

/** Sends the queued e-mails in the background. */
export function createMailer(
  settings: MailSettings,
  { db, log, clock, prepare }: MailerParts,
): BackgroundMailer {
  const { smtpUrl, from, folder } = settings;
  const transport = smtpUrl ? smtpTransport(smtpUrl, from) : folderTransport(folder, from, clock);
  const senders = new Set<Promise<void>>();
  let known: QueueState = { waiting: 0, oldestAt: null, nextAt: null };
  let waking: NodeJS.Timeout | null = null;
  let looking: NodeJS.Timeout | undefined;
  let isStarted = false;
  let isMissed = false;
  let isClosed = false;

  /** Claims an e-mail and makes it, in one transaction. Null if none is due. */
  async function claimNext() {
    const now = clock();
    return db.transaction(async (tx) => {
      const queued = await claimEmail(tx, now, new Date(now.getTime() + CLAIM_MS));
      if (queued === null) return null;
      const isExpired = queued.expiresAt <= now.getTime();
      const email = isExpired ? null : await prepare(tx, queued, now);
      if (email === null) await removeEmail(tx, queued);
      return { queued, email, isExpired };
    });
  }

  /** Tries the next e-mail. Returns whether one was due. */
  async function sendNext(): Promise<boolean> {
    // reads first: a transaction would take SQLite's write lock
    const dueAt = await nextAttemptAt(db.read);
    if (dueAt === null || dueAt > clock().getTime()) return false;
    const claimed = await claimNext();
    if (claimed === null) return false;
    const { queued, email, isExpired } = claimed;
    const line = { email: email?.about ?? queued.kind, by: transport.by, tries: queued.attempts };
    if (isExpired)
      log.error({ ...line, tries: queued.attempts - 1 }, 'an e-mail expired before it could be sent');
    if (email === null) return true;
    try {
      await inTime(transport.deliver(email));
    } catch (error) {
      await fail(queued, error, { ...line, ...reasonOf(error) });
      return true;
    }
    log.info(line, 'an e-mail was sent');
    await db.transaction((tx) => removeEmail(tx, queued));
    return true;
  }

  async function fail(queued: QueuedEmail, error: unknown, line: object): Promise<void> {
    const pauseMs = PAUSES_MS[Math.min(queued.attempts, PAUSES_MS.length) - 1] ?? MINUTE_MS;
    const at = new Date(clock().getTime() + pauseMs);
    if (isPermanent(error) || at.getTime() >= queued.expiresAt) {
      log.error(line, 'an e-mail could not be sent');
      await db.transaction((tx) => removeEmail(tx, queued));
    } else {
      log.warn({ ...line, nextAttemptAt: at.toISOString() }, 'an e-mail could not be sent yet');
      await db.transaction((tx) => releaseEmail(tx, queued, at));
    }
  }

  async function sendAll(): Promise<void> {
    try {
      while (!isClosed && (await sendNext()));
      known = await readQueue(db.read);
    } catch (err) {
      log.warn({ err }, 'the queue of e-mails could not be read or written');
    }
  }

  function run(): void {
    waking = null;
    // they may have looked before this e-mail was queued
    isMissed = senders.size === AT_ONCE;
    while (senders.size < AT_ONCE && !isClosed) {
      const sender = sendAll().finally(() => {
        senders.delete(sender);
        if (senders.size > 0) return;
        if (isMissed) wake();
        else lookAgain();
      });
      senders.add(sender);
    }
  }

  function lookAgain(): void {
    clearTimeout(looking);
    if (!isStarted || isClosed) return;
    const untilNext = (known.nextAt ?? Number.POSITIVE_INFINITY) - clock().getTime();
    looking = setTimeout(wake, Math.min(LOOK_MS, Math.max(1000, untilNext))).unref();
  }

  function wake(): void {
    if (!isClosed) waking ??= setTimeout(run, START_AFTER_MS);
  }

  return {
    wake,
    start: () => {
      isStarted = true;
      wake();
    },
    state: () => known,
    idle: async () => {
      while (waking !== null || senders.size > 0) {
        if (senders.size > 0) await Promise.all(senders);
        else await sleep(START_AFTER_MS / 5);
      }
    },
    close: async (withinMs) => {
      isClosed = true;
      if (waking) clearTimeout(waking);
      waking = null;
      clearTimeout(looking);
      const timer = new AbortController();
      const all = Promise.all(senders).then(() => timer.abort());
      await Promise.race([all, sleep(withinMs, undefined, { signal: timer.signal }).catch(() => {})]);
    },
  };
}

/** Rejects if an attempt takes too long: then another one may follow. */
async function inTime(attempt: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const late = sleep(ATTEMPT_MS_MAX, undefined, { signal: timer.signal, ref: false }).then(() => {
    throw Object.assign(new Error('The mail server takes too long.'), { code: 'ETIMEDOUT' });
  });
  late.catch(() => {}); // the attempt was faster
  await Promise.race([attempt, late]).finally(() => timer.abort());
}
