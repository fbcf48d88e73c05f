import type { Transporter } from 'nodemailer';
import { type MailTransport, messageOf } from './transport.ts';

/** A server that is not there is known within seconds: the library would wait for minutes, and its letters with it. */
const CONNECT_MS_MAX = 10_000;
const SILENCE_MS_MAX = 30_000;

/** Hands letters to a mail server. The first one opens the library: most servers write none for a long time. */
export function smtpTransport(smtpUrl: string, from: string): MailTransport {
  let opened: Promise<Transporter> | null = null;
  const open = async (): Promise<Transporter> => {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url: smtpUrl,
      connectionTimeout: CONNECT_MS_MAX,
      greetingTimeout: CONNECT_MS_MAX,
      dnsTimeout: CONNECT_MS_MAX,
      socketTimeout: SILENCE_MS_MAX,
    });
  };
  return {
    by: 'SMTP',
    carry: async (letter) => {
      opened ??= open();
      await (await opened).sendMail(messageOf(letter, from));
    },
  };
}
