import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../access/clock.ts';
import { type MailTransport, messageOf } from './transport.ts';

/**
 * Writes letters as .eml files, which any mail program opens: for whoever has no mail server, or a program of their own
 * that empties the folder. They hold secrets, so that only the server's own user may read them.
 */
export function folderTransport(folder: string, from: string, clock: Clock): MailTransport {
  let written = 0;
  return {
    by: 'FOLDER',
    carry: async (letter) => {
      const number = String(++written).padStart(6, '0'); // before any wait: in the order in which they were begun
      const { createTransport } = await import('nodemailer');
      const transport = createTransport({ streamTransport: true, buffer: true });
      const { message } = await transport.sendMail({ ...messageOf(letter, from), date: clock() });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // sorts by time; chance keeps the letters of several servers apart
      const time = clock().toISOString().replaceAll(':', '-');
      const file = path.join(folder, `${time}-${number}-${randomBytes(4).toString('hex')}.eml`);
      // whoever watches the folder never sees half a letter
      await writeFile(`${file}.partial`, message as Buffer, { mode: 0o600 });
      await rename(`${file}.partial`, file);
    },
  };
}
