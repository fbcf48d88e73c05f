import { type AddressInfo, createServer } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { type ReceivedEmail, readEmail } from './emails.ts';

/** A local mail server that stores what it receives. */
interface MailServer {
  readonly url: string;
  readonly caught: (ReceivedEmail & { readonly recipients: readonly string[] })[];
  /** The number of e-mails that were sent to it, refused ones included. */
  tried(): number;
  /** Answers each e-mail with this code from now on; null: takes them. */
  refuse(code: number | null): void;
}

/** Starts a mail server that stops at the end of the test. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const caught: MailServer['caught'] = [];
  let tried = 0;
  let refusal: number | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true, // a DNS server may be slow to say that it does not know 127.0.0.1
    ...options,
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        tried++;
        const email = readEmail(Buffer.concat(chunks).toString('utf8'));
        if (refusal !== null) {
          // many servers quote the e-mail
          return done(Object.assign(new Error(`I do not like ${email.token}`), { responseCode: refusal }));
        }
        caught.push({ ...email, recipients: envelope.rcptTo.map(({ address }) => address) });
        return done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    caught,
    tried: () => tried,
    refuse: (code) => {
      refusal = code;
    },
  };
}

/** Starts a server that takes everything and records it as it is sent. */
export async function startRecorder(): Promise<{ readonly url: string; received(): string }> {
  let received = '';
  const server = createServer((socket) => {
    socket.setEncoding('latin1').write('220 recorder\r\n');
    let isText = false;
    socket.on('data', (text) => {
      received += text;
      for (const line of String(text).split('\r\n').slice(0, -1)) {
        if (isText && line !== '.') continue;
        isText = line === 'DATA';
        socket.write(isText ? '354 go on\r\n' : '250 ok\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, received: () => received };
}
