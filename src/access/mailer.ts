/** What an e-mail is about. */
export type EmailKind = 'CONFIRM_EMAIL' | 'RESET_PASSWORD' | 'PASSWORD_CHANGED';

/** An e-mail to one person: plain text that holds nothing another user wrote. */
export interface Email {
  /** The purpose, as the log names it, such as `password reset`. */
  readonly about: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The pages of the site that e-mails link to, each with a token. */
export interface EmailLinks {
  passwordReset(token: string): string;
  emailConfirmation(token: string): string;
}

/** Sends the e-mails that transactions have queued (mail/email-queue.ts). src/mail implements it. */
export interface Mailer {
  /** Says that an e-mail was queued. Call it after the transaction has committed. The caller does not wait. */
  wake(): void;
}

/** A mailer that sends nothing, for programs that serve nobody. */
export const NO_MAILER: Mailer = { wake: () => {} };
