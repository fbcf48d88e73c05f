import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { badInput, Refusal } from '../access/errors.ts';
import { type Named, type Naming, namingOf, replaceText } from './document-naming.ts';

/** The memory for documents that clients have sent with their hash: some thousand of usual length. */
const PERSISTED_BYTES_MAX = 16 * 1024 * 1024;
const DOCUMENT_BYTES_MAX = 256 * 1024;
const ENTRY_BYTES = 300;

/** The documents that an operator trusts, by the ids that its front ends send. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/** A document that was sent with its hash. */
export interface SentDocument {
  readonly hash: string;
  readonly text: string;
}

/**
 * Documents that requests name by an id: `extensions.persistedQuery.sha256Hash`, as Apollo's automatic persisted queries
 * do, or `documentId`. With trusted documents, no other document is answered, except the server's own. Without them, a
 * client sends a document with its hash once, and later the hash alone.
 */
export class PersistedDocuments {
  readonly #trusted: TrustedDocuments | null;
  readonly #trustedTexts: ReadonlySet<string>;
  readonly #sent = new LRUCache<string, string>({
    maxSize: PERSISTED_BYTES_MAX,
    maxEntrySize: DOCUMENT_BYTES_MAX,
    sizeCalculation: (text) => 2 * text.length + ENTRY_BYTES,
  });

  constructor(trusted: TrustedDocuments | null) {
    this.#trusted = trusted;
    this.#trustedTexts = new Set(trusted?.values());
  }

  /**
   * Puts the text in the place of the id, so that later steps see a request with a text. Returns a document that was sent
   * with its hash: call `accept` once it is known to be valid. Throws a Refusal.
   */
  resolve(request: Named): SentDocument | null {
    if (this.#trusted) {
      if (!request.isFromServer) this.#resolveTrusted(request, namingOf(request), this.#trusted);
      return null;
    }
    if (request.method !== 'POST' && !/[?&](?:documentId|extensions)=/.test(request.search)) return null;
    const { id, text } = namingOf(request);
    return id === null ? null : this.#resolveSent(request, hashIn(id), text);
  }

  accept({ hash, text }: SentDocument): void {
    this.#sent.set(hash, text);
  }

  #resolveTrusted(request: Named, { id, text }: Naming, trusted: TrustedDocuments): void {
    const found = id === null ? null : (trusted.get(id) ?? trusted.get(id.replace(/^sha256:/, '')) ?? null);
    if (found !== null) replaceText(request, found);
    else if (text === null || id !== null || !this.#trustedTexts.has(text)) throw untrusted();
  }

  #resolveSent(request: Named, hash: string, text: string | null): SentDocument | null {
    if (text === null) {
      const sent = this.#sent.get(hash);
      if (sent === undefined) throw notFound();
      replaceText(request, sent);
      return null;
    }
    // an unpaired surrogate would have the hash of another text
    if (!text.isWellFormed()) throw badInput('The document must be well-formed Unicode.', 'query');
    if (createHash('sha256').update(text).digest('hex') !== hash)
      throw badInput('The hash is not the SHA-256 of the document.', 'extensions.persistedQuery.sha256Hash');
    replaceText(request, text);
    return { hash, text };
  }
}

function hashIn(id: string): string {
  const hash = id.replace(/^sha256:/, '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hash)) return hash;
  throw badInput(
    'The id of a document is its SHA-256 in hexadecimal digits.',
    'extensions.persistedQuery.sha256Hash',
  );
}

/** Clients compare the message. */
function notFound(): Refusal {
  return new Refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
}

function untrusted(): Refusal {
  const message = 'This server answers only the operations that its operator has listed.';
  return new Refusal('DOCUMENT_NOT_TRUSTED', message);
}
