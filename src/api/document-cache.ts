import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** The memory for all documents, with what is cached for each of them. */
export const DOCUMENTS_BYTES_MAX = 32 * 1024 * 1024;
/** A document that needs more than this, such as one that is sent with many combinations of its `@include`s, is dropped. */
const DOCUMENT_BYTES_MAX = DOCUMENTS_BYTES_MAX / 8;
/** The approximate memory of a token and its part of the syntax tree, and of the counts of a small document. Measured. */
const TOKEN_BYTES = 400;
const ENTRY_BYTES = 4000;

interface Entry {
  readonly document: DocumentNode;
  readonly hash: string;
  readonly bytes: number;
  /** Whether an operation of it was handed over: until then, a plugin of the embedding program may refuse it. */
  readonly isAccepted: boolean;
}

/**
 * Valid documents by their text, bounded by the approximate memory of all of them together. Plans and costs hang off
 * the document object, so they go with it. It is also the store in which Apollo looks for documents by their hash.
 */
export class DocumentCache {
  readonly #sourceOf = new Map<string, string>();
  readonly #entries = new LRUCache<string, Entry>({
    maxSize: DOCUMENTS_BYTES_MAX,
    maxEntrySize: DOCUMENT_BYTES_MAX,
    sizeCalculation: ({ bytes }) => bytes,
    // a larger entry of the same document keeps the hash
    dispose: ({ hash }, _source, reason) => {
      if (reason !== 'set') this.#sourceOf.delete(hash);
    },
  });

  /** An accepted document. */
  find(source: string): DocumentNode | undefined {
    const entry = this.#entries.get(source);
    return entry?.isAccepted ? entry.document : undefined;
  }

  accept(document: DocumentNode): void {
    const source = sourceOf(document);
    const entry = this.#entries.peek(source);
    if (entry?.document === document) this.#entries.set(source, { ...entry, isAccepted: true });
  }

  /** The approximate memory of everything in it. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  /** Adds to the memory of a document, if it is cached. It is dropped if it needs too much. */
  grow(document: DocumentNode, bytes: number): void {
    const source = sourceOf(document);
    const entry = this.#entries.peek(source);
    if (entry?.document !== document) return;
    const grown = { ...entry, bytes: Math.max(ENTRY_BYTES, entry.bytes + bytes) };
    if (grown.bytes > DOCUMENT_BYTES_MAX) this.#entries.delete(source);
    else this.#entries.set(source, grown);
  }

  // the store of Apollo, by its hashes

  async get(hash: string): Promise<DocumentNode | undefined> {
    const source = this.#sourceOf.get(hash);
    return source === undefined ? undefined : this.#entries.get(source)?.document;
  }

  async set(hash: string, document: DocumentNode): Promise<void> {
    const bytes = memoryOf(document);
    if (bytes > DOCUMENT_BYTES_MAX) return;
    const source = sourceOf(document);
    this.#entries.set(source, { document, hash, bytes, isAccepted: false });
    this.#sourceOf.set(hash, source);
  }

  async delete(hash: string): Promise<void> {
    const source = this.#sourceOf.get(hash);
    if (source !== undefined) this.#entries.delete(source);
  }
}

function sourceOf({ loc }: DocumentNode): string {
  return loc?.source.body ?? '';
}

function memoryOf({ loc }: DocumentNode): number {
  let tokens = 0;
  for (let token = loc?.startToken ?? null; token !== null; token = token.next) tokens++;
  return ENTRY_BYTES + 2 * (loc?.source.body.length ?? 0) + tokens * TOKEN_BYTES;
}
