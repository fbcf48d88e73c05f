import type { Socket } from 'node:net';

/** A client that takes as much of its answers in the time between two checks is slow, and not gone. */
const TAKEN_BYTES_MIN = 64 * 1024;

/** The bytes that wait until a client takes them. */
export class UnsentBytes {
  /**
   * Since when bytes wait and the client has taken less than `TAKEN_BYTES_MIN`, as far as `measure` has seen. Null if
   * none wait.
   */
  since: number | null = null;
  readonly #socket: Socket;
  /** The bytes that waited then. */
  #before = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Updates `since`. */
  measure(now: number): void {
    const unsent = unsentBytesOf(this.#socket);
    const taken = this.#before - unsent; // negative if another answer has begun
    if (unsent > 0 && this.since !== null && taken >= 0 && taken < TAKEN_BYTES_MIN) return;
    this.since = unsent > 0 ? now : null;
    this.#before = unsent;
  }
}

/** `writableLength` counts a whole answer until its last byte is sent; libuv knows what is left of it. */
function unsentBytesOf(
  socket: Socket & { readonly _handle?: { readonly writeQueueSize?: number } | null },
): number {
  if (socket.writableLength === 0) return 0;
  return socket._handle?.writeQueueSize || socket.writableLength;
}
