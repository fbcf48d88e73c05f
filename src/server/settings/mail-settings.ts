import { isIP } from 'node:net';
import * as z from 'zod';
import type { MailSettings } from '../../mail/mailer.ts';

/** What stands in a link's setting where the token goes. */
export const TOKEN_MARK = '{token}';

/** Whether a setting is the address of a page that takes a token. */
export function isLinkTemplate(text: string): boolean {
  const [before, after, ...more] = text.split(TOKEN_MARK);
  if (before === undefined || after === undefined || more.length > 0) return false;
  return URL.canParse(`${before}x${after}`) && /^https?:\/\/[^/]*(\/|\?)/i.test(before) && !/\s/.test(text);
}

/** A link's setting as what makes the link. Our tokens are letters, digits and underscores: nothing to escape. */
export function filledIn(template: string): (token: string) => string {
  return (token) => template.replace(TOKEN_MARK, () => token);
}

/** Whether a setting is one mailbox that letters can come from: `a@b`, or `Name <a@b>`. */
export function isSender(text: string): boolean {
  return /^(?:[^\p{Cc}<>@]*<[^\p{Cc}\s<>@,]+@[^\p{Cc}\s<>@,]+>|[^\p{Cc}\s<>@,]+@[^\p{Cc}\s<>@,]+)$/u.test(
    text,
  );
}

/** Whom letters come from where nobody has said: nobody who reads, at the site's own name. */
export function senderOf(siteUrl: string): string {
  const { hostname } = new URL(siteUrl);
  const isAddress = isIP(hostname) !== 0 || hostname.startsWith('[');
  return `no-reply@${isAddress ? 'localhost' : hostname}`;
}

export const mailSettings = {
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/./)
    .refine((text) => URL.canParse(text))
    .optional(),
  MAIL_FROM: z.string().refine(isSender).optional(),
  MAIL_FOLDER: z.string().default('./data/mail'),
  PASSWORD_RESET_URL: z.string().refine(isLinkTemplate).optional(),
  EMAIL_CONFIRMATION_URL: z.string().refine(isLinkTemplate).optional(),
};

/** What each must be, for the sentence that stops the start. */
export const MAIL_MUST_BE = {
  SMTP_URL: 'smtp://USER:PASSWORD@HOST:PORT or smtps://…',
  MAIL_FROM: 'an address such as "Forum <forum@example.com>"',
  MAIL_FOLDER: 'a path',
  PASSWORD_RESET_URL: `an http or https URL that holds ${TOKEN_MARK}`,
  EMAIL_CONFIRMATION_URL: `an http or https URL that holds ${TOKEN_MARK}`,
};

type MailInput = z.infer<z.ZodObject<typeof mailSettings>>;

/** How letters go out, from settings that have been read. */
export function mailOf(set: MailInput, siteUrl: string): MailSettings {
  return {
    smtpUrl: set.SMTP_URL ?? null,
    from: set.MAIL_FROM ?? senderOf(siteUrl),
    folder: set.MAIL_FOLDER,
    links: {
      passwordReset: filledIn(set.PASSWORD_RESET_URL ?? `${siteUrl}/reset-password?token=${TOKEN_MARK}`),
      emailConfirmation: filledIn(
        set.EMAIL_CONFIRMATION_URL ?? `${siteUrl}/confirm-email?token=${TOKEN_MARK}`,
      ),
    },
  };
}
