import type { TaggedCache } from './tagged-cache.ts';

export interface GivenAnswer {
  /** Bytes where it is long: it need not be encoded each time that it is given. */
  readonly body: string | Buffer;
  readonly contentType: string;
}

/** An answer that may be given again. */
export interface CachedAnswer extends GivenAnswer {
  /** Its body in a content coding, if it has been given so before. */
  compressed(encoding: string): Buffer | undefined;
  keepCompressed(encoding: string, body: Buffer): void;
}

/** An answer as a cache is to keep it under a key. */
export function cachedAnswer(
  cache: TaggedCache,
  key: string,
  { body, contentType }: GivenAnswer,
): CachedAnswer {
  const forms = new Map<string, Buffer>();
  const kept: CachedAnswer = {
    body,
    contentType,
    compressed: (encoding) => forms.get(encoding),
    keepCompressed: (encoding, form) => {
      if (!forms.has(encoding) && cache.grow(key, kept, form.length)) forms.set(encoding, form);
    },
  };
  return kept;
}

/** About how much memory it takes. */
export function bytesOf({ body }: GivenAnswer): number {
  return typeof body === 'string' ? 2 * body.length : body.length;
}
