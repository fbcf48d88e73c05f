import type { RecordSource, SourceKind } from '../transfer/index.ts';

/** The exports of several files, to be imported one after the other, with one progress through all of them. */
export class SourcesInTurn implements AsyncIterable<RecordSource> {
  readonly #sources: readonly RecordSource[];
  #at = 0;

  private constructor(sources: readonly RecordSource[]) {
    this.#sources = sources;
  }

  /** Opens all files, so that one that is missing is named before the first is imported. */
  static async open(kind: SourceKind, files: readonly string[], site: string | null): Promise<SourcesInTurn> {
    const sources: RecordSource[] = [];
    try {
      for (const file of files) sources.push(await kind.open(file, { site }));
      return new SourcesInTurn(sources);
    } catch (error) {
      for (const source of sources) await source.close?.();
      throw error;
    }
  }

  /** What has been done of all of them. */
  progress(): ReturnType<RecordSource['progress']> {
    let done = 0;
    let total: number | null = 0;
    for (const [i, source] of this.#sources.entries()) {
      const one = source.progress();
      total = total === null || one.total === null ? null : total + one.total;
      done += i < this.#at ? (one.total ?? one.done) : one.done;
    }
    return { done, total };
  }

  /** Each of them, once. Closes those that are not reached; an import closes its own. */
  async *[Symbol.asyncIterator](): AsyncGenerator<RecordSource> {
    try {
      for (const source of this.#sources) {
        yield source;
        this.#at++;
      }
    } finally {
      for (const source of this.#sources.slice(this.#at + 1)) await source.close?.();
    }
  }
}
