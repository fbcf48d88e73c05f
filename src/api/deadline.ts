import type { ServerResponse } from 'node:http';
import { Refusal } from '../access/errors.ts';

/**
 * The time that an answer may take. The signal aborts when it is over or the client has gone: nobody can stop an
 * operation that runs, so resolvers that wait for something long should heed it. It is made for whoever asks for it.
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
  bound<T>(work: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#isOver = true;
        this.#controller?.abort();
        reject(new Refusal('TIMEOUT', 'The operation took longer than the server allows.'));
      }, this.#ms);
      work.then(
        (value) => {
          clearTimeout(timer);
          resolve(value);
        },
        (error: unknown) => {
          clearTimeout(timer);
          reject(error);
        },
      );
    });
  }
}
