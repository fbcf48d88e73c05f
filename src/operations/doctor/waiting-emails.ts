import { countExpired, deleteExpired, readQueue } from '../../mail/email-queue.ts';
import type { Database } from '../../store/index.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Greylisting ends within hours. An e-mail that waits for longer has another reason. */
const WAIT_MS_MAX = 6 * HOUR_MS;

interface EmailFlaw {
  readonly message: string;
  readonly isMended: boolean;
}

/**
 * What is wrong with the queue of e-mails: some are never sent. With `fix`, those that have expired are deleted; the
 * others continue to wait.
 */
export async function findEmailFlaws(db: Database, now: Date, fix: boolean): Promise<EmailFlaw[]> {
  const flaws: EmailFlaw[] = [];
  const expired = await countExpired(db.read, now);
  if (expired > 0) {
    if (fix) await db.transaction((tx) => deleteExpired(tx, now));
    const message = `${amount(expired)} expired and still there: no instance has sent e-mails since`;
    flaws.push({ message, isMended: fix });
    if (!fix) return flaws; // the oldest would be one of them
  }
  const { waiting, oldestAt } = await readQueue(db.read);
  if (oldestAt !== null && now.getTime() - oldestAt > WAIT_MS_MAX) {
    const since = new Date(oldestAt).toISOString();
    const message = `${amount(waiting)} waiting, the oldest since ${since}: the log says why they could not be sent`;
    flaws.push({ message, isMended: false });
  }
  return flaws;
}

function amount(count: number): string {
  return count === 1 ? '1 e-mail is' : `${count} e-mails are`;
}
