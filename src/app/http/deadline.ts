import type { ServerResponse } from 'node:http';
import { Refusal } from '../../kit/errors.ts';

/**
 * The time that an answer may take. The signal aborts when it is over or the client has gone: nobody can stop an
 * operation that runs, so resolvers that wait for something long should heed it. What was done before anybody could
 * have waited for it costs neither a signal nor a timer.
 */
export class Deadline {
  readonly #ms: number;
  readonly #response: ServerResponse;
  #controller: AbortController | null = null;
  #isOver = false;

  constructor(ms: number, response: ServerResponse) {
    this.#ms = ms;
    this.#response = response;
  }

  get isOver(): boolean {
    return this.#isOver || this.#response.destroyed;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      const controller = new AbortController();
      this.#controller = controller;
      this.#response.once('close', () => {
        if (!this.#response.writableFinished) controller.abort();
      });
    }
    return this.#controller.signal;
  }

  /** Resolves as `work` does, or rejects with TIMEOUT. */
  async bound<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        this.#isOver = true;
        this.#controller?.abort();
        reject(new Refusal('TIMEOUT', 'The operation took longer than the server allows.'));
      }, this.#ms);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
