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

/** Sends e-mails. src/mail implements it. */
export interface Mailer {
  readonly links: EmailLinks;
  /**
   * Makes an e-mail and sends it after this call has returned. If `make` returns null, nothing is sent. The caller does
   * not wait and no error is thrown: a failure is retried, then logged. Call it after the transaction has committed.
   */
  send(make: () => Email | null | Promise<Email | null>): void;
}

/** A mailer that sends nothing, for programs that serve nobody. */
export const NO_MAILER: Mailer = {
  links: { passwordReset: (token) => token, emailConfirmation: (token) => token },
  send: () => {},
};
