import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Transporter } from 'nodemailer';
import type { Clock } from '../access/clock.ts';
import type { Email } from '../access/mailer.ts';

/** One way to deliver e-mails. */
interface MailTransport {
  /** Its name in the log. */
  readonly by: 'SMTP' | 'FOLDER';
  /** Resolves when the e-mail is delivered or accepted for delivery. Rejects otherwise. */
  deliver(email: Email): Promise<void>;
}

/** A mail server that is away is noticed within seconds. The library's own time-outs are minutes. */
const CONNECT_MS_MAX = 10_000;
const SOCKET_IDLE_MS_MAX = 30_000;

/** Delivers to a mail server. Loads the library with the first e-mail: most servers send none for a long time. */
export function smtpTransport(smtpUrl: string, from: string): MailTransport {
  let opened: Promise<Transporter> | null = null;
  const open = async (): Promise<Transporter> => {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url: smtpUrl,
      connectionTimeout: CONNECT_MS_MAX,
      greetingTimeout: CONNECT_MS_MAX,
      dnsTimeout: CONNECT_MS_MAX,
      socketTimeout: SOCKET_IDLE_MS_MAX,
    });
  };
  return {
    by: 'SMTP',
    deliver: async (email) => {
      opened ??= open();
      await (await opened).sendMail(messageOf(email, from));
    },
  };
}

/**
 * Writes e-mails as .eml files, which every mail program opens. For operators without a mail server, or with a program
 * of their own that empties the folder. The files hold secrets, so only the server's own user can read them.
 */
export function folderTransport(folder: string, from: string, clock: Clock): MailTransport {
  let written = 0;
  return {
    by: 'FOLDER',
    deliver: async (email) => {
      const number = String(++written).padStart(6, '0'); // before the first await: files sort in the order of the calls
      const { createTransport } = await import('nodemailer');
      const transport = createTransport({ streamTransport: true, buffer: true });
      const { message } = await transport.sendMail({ ...messageOf(email, from), date: clock() });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // sorts by time; the random part keeps several servers from choosing one name
      const time = clock().toISOString().replaceAll(':', '-');
      const file = path.join(folder, `${time}-${number}-${randomBytes(4).toString('hex')}.eml`);
      // a program that watches the folder never sees an incomplete file
      await writeFile(`${file}.partial`, message as Buffer, { mode: 0o600 });
      await rename(`${file}.partial`, file);
    },
  };
}

/** The message of both transports. The header tells other programs not to send an automatic reply. */
function messageOf({ to, subject, text }: Email, from: string) {
  return {
    // not as a text, which would be parsed as a list of names and addresses
    ...{ from, to: { name: '', address: to }, subject, text },
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
