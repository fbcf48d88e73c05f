import type { Email } from '../access/mailer.ts';

/** One way for letters to leave. */
export interface MailTransport {
  /** What the log calls it. */
  readonly by: 'SMTP' | 'FOLDER';
  /** Resolves when the letter is somebody else's care; rejects where it is not. */
  carry(letter: Email): Promise<void>;
}

/** How both ways write a letter: from whom, and that a program wrote it, so that no holiday notice answers. */
export function messageOf(letter: Email, from: string) {
  return {
    from,
    to: letter.to,
    subject: letter.subject,
    text: letter.text,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
