import { isIP } from 'node:net';
import * as z from 'zod';
import type { MailSettings } from '../../mail/mailer.ts';

/** The placeholder for the token in the setting of a link. */
const TOKEN_PLACEHOLDER = '{token}';

/** A URL with one placeholder for a token. */
function linkTemplate() {
  const mustBe = `an http or https URL that contains ${TOKEN_PLACEHOLDER}`;
  return z.string().refine(isLinkTemplate).optional().describe(mustBe);
}

function isLinkTemplate(text: string): boolean {
  const [before, after, ...more] = text.split(TOKEN_PLACEHOLDER);
  if (before === undefined || after === undefined || more.length > 0) return false;
  return URL.canParse(`${before}x${after}`) && /^https?:\/\/[^/]*(\/|\?)/i.test(before) && !/\s/.test(text);
}

/** A function that puts a token into the setting of a link. Tokens hold ASCII letters, digits and "_": no escaping is needed. */
function linkFrom(template: string): (token: string) => string {
  return (token) => template.replace(TOKEN_PLACEHOLDER, () => token);
}

/** Whether a setting is one mailbox: `a@b` or `Name <a@b>`. */
function isSender(text: string): boolean {
  return /^(?:[^\p{Cc}<>@]*<[^\p{Cc}\s<>@,]+@[^\p{Cc}\s<>@,]+>|[^\p{Cc}\s<>@,]+@[^\p{Cc}\s<>@,]+)$/u.test(
    text,
  );
}

/** The default sender: an unread mailbox at the site's host name. */
function senderOf(siteUrl: string): string {
  const { hostname } = new URL(siteUrl);
  const isAddress = isIP(hostname) !== 0 || hostname.startsWith('[');
  return `no-reply@${isAddress ? 'localhost' : hostname}`;
}

export const mailSettings = {
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/./)
    .refine((text) => URL.canParse(text))
    .optional()
    .describe('smtp://USER:PASSWORD@HOST:PORT or smtps://…'),
  MAIL_FROM: z
    .string()
    .refine(isSender)
    .optional()
    .describe('an address such as "Forum <forum@example.com>"'),
  MAIL_FOLDER: z.string().default('./data/mail').describe('a path'),
  PASSWORD_RESET_URL: linkTemplate(),
  EMAIL_CONFIRMATION_URL: linkTemplate(),
};

type MailInput = z.infer<z.ZodObject<typeof mailSettings>>;

/** How e-mails are sent. */
export function mailOf(set: MailInput, siteUrl: string): MailSettings {
  return {
    smtpUrl: set.SMTP_URL ?? null,
    from: set.MAIL_FROM ?? senderOf(siteUrl),
    folder: set.MAIL_FOLDER,
    links: {
      passwordReset: linkFrom(
        set.PASSWORD_RESET_URL ?? `${siteUrl}/reset-password?token=${TOKEN_PLACEHOLDER}`,
      ),
      emailConfirmation: linkFrom(
        set.EMAIL_CONFIRMATION_URL ?? `${siteUrl}/confirm-email?token=${TOKEN_PLACEHOLDER}`,
      ),
    },
  };
}
