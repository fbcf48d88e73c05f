import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** `at`: when it came, by `performance.now()`. `ms`: the time since its request was due, even if that was sent later. */
export type Answer = Readonly<Record<'status' | 'at' | 'ms', number>>;

const READ = Buffer.alloc(256 * 1024);
const LENGTH = 'content-length: ';
const HEAD_END = '\r\n\r\n';

interface Connection {
  readonly socket: Socket;
  /** When the requests that are not answered yet were due. */
  readonly due: number[];
}

/** Opens a connection whose answers are read as far as their status and length. */
async function open(port: number, answered: (status: number, dueAt: number) => void): Promise<Connection> {
  const due: number[] = [];
  let [rest, status, bodyLeft] = ['', 0, 0];
  const read = (size: number): boolean => {
    const text = rest + READ.toString('latin1', 0, size);
    rest = '';
    for (let at = 0; at < text.length; ) {
      if (bodyLeft === 0) {
        const end = text.indexOf(HEAD_END, at);
        if (end < 0) rest = text.slice(at);
        if (end < 0) break;
        const length = text.indexOf(LENGTH, at) + LENGTH.length;
        bodyLeft = Number(text.slice(length, text.indexOf('\r', length)));
        status = Number(text.slice(at + 9, at + 12));
        at = end + HEAD_END.length;
      }
      const taken = Math.min(bodyLeft, text.length - at);
      at += taken;
      bodyLeft -= taken;
      if (bodyLeft === 0) answered(status, due.shift() ?? Number.NaN);
    }
    return true;
  };
  const socket = connect({ port, host: '127.0.0.1', onread: { buffer: READ, callback: read } });
  socket.setNoDelay().on('error', () => {}); // what is not answered is counted
  await once(socket, 'connect');
  return { socket, due };
}

/** Clients that pipeline, and take as little processor time as they can. */
export class Clients {
  readonly #connections: Connection[] = [];
  #answers: Answer[] = [];
  #next: ((connection: number) => void) | null = null;

  static async open(url: string, connections: number): Promise<Clients> {
    const clients = new Clients();
    const port = Number(new URL(url).port);
    for (let n = 0; n < connections; n++) {
      const answered = (status: number, dueAt: number) => {
        const at = performance.now();
        clients.#answers.push({ status, at, ms: at - dueAt });
        clients.#next?.(n);
      };
      clients.#connections.push(await open(port, answered));
    }
    return clients;
  }

  /** Each connection sends its next request when the one before is answered. */
  async oneByOne(request: () => string, seconds: number): Promise<readonly Answer[]> {
    this.#answers = [];
    const until = performance.now() + 1000 * seconds;
    await new Promise<void>((resolve) => {
      let busy = this.#connections.length;
      this.#next = (n) => {
        if (performance.now() < until) this.#send(n, request(), performance.now());
        else if (--busy === 0) resolve();
      };
      for (const n of this.#connections.keys()) this.#send(n, request(), performance.now());
    });
    this.#next = null;
    return this.#answers;
  }

  /**
   * Sends requests at a rate, some at once on any of the connections, whether or not those before are answered. Returns
   * what was answered until the end.
   */
  async atRate(request: () => string, perSecond: number, seconds: number, atOnce = 1) {
    this.#answers = [];
    const startedAt = performance.now();
    let [sent, ms] = [0, 0];
    await new Promise<void>((resolve) => {
      const ticking = setInterval(() => {
        ms = performance.now() - startedAt;
        for (; (1000 * sent) / perSecond < Math.min(ms, 1000 * seconds); sent += atOnce) {
          const n = Math.floor(Math.random() * this.#connections.length);
          const texts = Array.from({ length: atOnce }, request);
          this.#send(n, texts.join(''), startedAt + (1000 * sent) / perSecond, atOnce);
        }
        if (ms < 1000 * seconds) return;
        clearInterval(ticking);
        resolve();
      }, 1);
    });
    return { sent: sent / seconds, answers: this.#answers.slice() };
  }

  close(): void {
    for (const { socket } of this.#connections) socket.destroy();
  }

  #send(n: number, text: string, dueAt: number, count = 1): void {
    const { socket, due } = this.#connections[n] as Connection;
    for (let i = 0; i < count; i++) due.push(dueAt);
    socket.write(text);
  }
}
