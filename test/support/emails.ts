import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** An e-mail as its recipient gets it. */
export interface ReceivedEmail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The token in its link. Null if it has none. */
  readonly token: string | null;
}

/** The e-mails in a folder, the oldest first. */
export function readEmails(folder: string): ReceivedEmail[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  return names.sort().map((name) => readEmail(readFileSync(path.join(folder, name), 'utf8')));
}

/** Parses an e-mail. Ours are ASCII in one part, with long lines in quoted-printable. */
export function readEmail(eml: string): ReceivedEmail {
  const [head = '', ...body] = eml.split(/\r?\n\r?\n/);
  const header = (name: string) =>
    new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(head)?.[1] ?? '';
  const sent = body.join('\n\n').replaceAll('\r', '');
  const isFolded = header('Content-Transfer-Encoding') === 'quoted-printable';
  const text = isFolded ? unfoldedText(sent) : sent;
  const unfolded = (name: string) => header(name).replaceAll(/\r?\n[ \t]/g, ' ');
  return {
    from: unfolded('From'),
    to: unfolded('To'),
    subject: unfolded('Subject'),
    text,
    token: /[?#&]token=(\w+)/.exec(text)?.[1] ?? null,
  };
}

/** Quoted-printable (RFC 2045, 6.7), as far as ASCII goes. */
function unfoldedText(text: string): string {
  const lines = text.replaceAll('=\n', '');
  return lines.replaceAll(/=([0-9A-F]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
