/** A letter to one person: plain text, with nothing in it that somebody else wrote. */
export interface Email {
  /** What the letter is for, as the log calls it, such as `password reset`. */
  readonly about: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The pages of the site that letters lead to, by the token that the page takes. */
export interface EmailLinks {
  passwordReset(token: string): string;
  emailConfirmation(token: string): string;
}

/** Takes letters to people. How is the operator's choice: mail. */
export interface Mailer {
  readonly links: EmailLinks;
  /**
   * Writes a letter and takes it away, after this returns; null: there is none to take. Nobody waits for it and nothing
   * is thrown: what goes wrong is tried again, and then logged. Call it when the transaction is done.
   */
  send(write: () => Email | null | Promise<Email | null>): void;
}

/** For programs that serve nobody: letters are not written. */
export const NO_MAILER: Mailer = {
  links: { passwordReset: (token) => token, emailConfirmation: (token) => token },
  send: () => {},
};
