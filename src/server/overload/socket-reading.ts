import type { Socket } from 'node:net';

type SocketWithHandle = Socket & {
  readonly _handle?: { readStart(): void; readStop(): void } | null;
};

/**
 * Stops reading from a socket, so that what its client sends waits in the kernel and takes no time. `socket.pause()` would
 * read on until a buffer of Node's is full.
 */
export class SocketReading {
  readonly #socket: SocketWithHandle;
  #isStopped = false;
  /** When reading was stopped. Null if nothing waits in the kernel since then. */
  #stoppedAt: number | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  stop(): void {
    // also if it is stopped: `socket.resume()` may have started it
    this.#socket._handle?.readStop();
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#stoppedAt = performance.now();
  }

  start(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    this.#socket._handle?.readStart();
    afterNextRead(() => {
      if (!this.#isStopped) this.#stoppedAt = null;
    });
  }

  /** Since when what has just been read may have waited, by `performance.now()`. */
  waitingSince(): number {
    const since = this.#stoppedAt ?? performance.now();
    this.#stoppedAt = null;
    return since;
  }
}

/** Calls back when what waits in the kernel now has been read: in the turn after the next one that polls for it. */
export function afterNextRead(callback: () => void): void {
  setImmediate(() => setImmediate(callback));
}
