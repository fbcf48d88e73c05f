import type { Letter } from '../../kit/mail.ts';

/** One way for letters to leave. */
export interface Carrier {
  /** What the log calls it. */
  readonly by: 'SMTP' | 'FOLDER';
  /** Resolves when the letter is somebody else's care; rejects where it is not. */
  carry(letter: Letter): Promise<void>;
}

/** How both ways write a letter: from whom, and that a program wrote it, so that no holiday notice answers. */
export function messageOf(letter: Letter, from: string) {
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
