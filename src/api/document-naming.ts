import { badInput } from '../access/errors.ts';
import type { OperationRequest } from './operation-request.ts';

/** The parts of a request that name its document. */
export type Named = Pick<OperationRequest, 'method' | 'search' | 'body'> &
  Partial<Pick<OperationRequest, 'isFromServer'>>;

/** What a request says of its document. */
export interface Naming {
  readonly id: string | null;
  readonly text: string | null;
}

/** What a request says of its document, in its body or its URL. */
export function namingOf({ method, search, body }: Named): Naming {
  if (method === 'POST') return isRecord(body) ? naming(body) : { id: null, text: null };
  const { query, documentId, extensions } = Object.fromEntries(new URLSearchParams(search));
  return naming({ query, documentId, extensions: extensions && parsed(extensions) });
}

function naming({ query, documentId, extensions }: Record<string, unknown>): Naming {
  const { persistedQuery } = isRecord(extensions) ? extensions : {};
  const hash = isRecord(persistedQuery) ? persistedQuery['sha256Hash'] : undefined;
  if (persistedQuery != null && typeof hash !== 'string')
    throw badInput('A persisted query needs its hash as text.', 'extensions.persistedQuery.sha256Hash');
  const version = isRecord(persistedQuery) ? persistedQuery['version'] : undefined;
  if (version !== undefined && version !== 1)
    throw badInput('The version of persisted queries must be 1.', 'extensions.persistedQuery.version');
  const id = typeof documentId === 'string' ? documentId : ((hash as string | undefined) ?? null);
  return { id, text: typeof query === 'string' && query !== '' ? query : null };
}

/** Puts a text in the place of the id, so that later steps see a request with a text. */
export function replaceText(request: Named, text: string): void {
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

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null; // refused later
  }
}

/** Whether a value of a request is an object, not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
