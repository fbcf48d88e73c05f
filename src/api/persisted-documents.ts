import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { badInput, Refusal } from '../access/errors.ts';
import type { OperationRequest } from './operation-request.ts';

/** The memory for documents that clients have sent with their hash: some thousand of usual length. */
const PERSISTED_BYTES_MAX = 16 * 1024 * 1024;
const DOCUMENT_BYTES_MAX = 256 * 1024;
const ENTRY_BYTES = 300;

/** The documents that an operator trusts, by the ids that its front ends send. */
export type TrustedDocuments = ReadonlyMap<string, string>;

type Named = Pick<OperationRequest, 'method' | 'search' | 'body'>;

/** A document that was sent with its hash. */
export interface SentDocument {
  readonly hash: string;
  readonly text: string;
}

/** What a request says of its document. */
interface Naming {
  readonly id: string | null;
  readonly text: string | null;
}

/**
 * Documents that requests name by an id: `extensions.persistedQuery.sha256Hash`, as Apollo's automatic persisted queries
 * do, or `documentId`. With trusted documents, no other document is answered. Without them, a client sends a document
 * with its hash once, and later the hash alone.
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
      this.#resolveTrusted(request, namingOf(request), this.#trusted);
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
    if (createHash('sha256').update(text).digest('hex') !== hash)
      throw badInput('The hash is not the SHA-256 of the document.', 'extensions.persistedQuery.sha256Hash');
    replaceText(request, text);
    return { hash, text };
  }
}

/** What a request says of its document, in its body or its URL. */
function namingOf({ method, search, body }: Named): Naming {
  if (method === 'POST') return isRecord(body) ? naming(body) : { id: null, text: null };
  const { query, documentId, extensions } = Object.fromEntries(new URLSearchParams(search));
  return naming({ query, documentId, extensions: extensions && parsed(extensions) });
}

function naming({ query, documentId, extensions }: Record<string, unknown>): Naming {
  const { persistedQuery } = isRecord(extensions) ? extensions : {};
  const hash = isRecord(persistedQuery) ? persistedQuery['sha256Hash'] : undefined;
  if (persistedQuery != null && typeof hash !== 'string')
    throw badInput('A persisted query needs its hash as text.', 'extensions.persistedQuery.sha256Hash');
  const id = typeof documentId === 'string' ? documentId : ((hash as string | undefined) ?? null);
  return { id, text: typeof query === 'string' && query !== '' ? query : null };
}

function replaceText(request: Named, text: string): void {
  if (request.method === 'POST') {
    const { documentId: _id, extensions, ...more } = request.body as Record<string, unknown>;
    const { persistedQuery: _hash, ...others } = isRecord(extensions) ? extensions : {};
    request.body = { ...more, query: text, extensions: others };
    return;
  }
  const parameters = new URLSearchParams(request.search);
  parameters.delete('documentId');
  parameters.delete('extensions');
  parameters.set('query', text);
  request.search = `?${parameters}`;
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

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null; // refused later
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
