import { readFile } from 'node:fs/promises';
import { parse } from 'graphql';
import type { TrustedDocuments } from '../api/persisted-documents.ts';
import { StartError } from '../start-error.ts';

/**
 * Reads the file of TRUSTED_DOCUMENTS: an object of documents by id, as graphql-codegen and Relay's compiler write it, or
 * Apollo's manifest. Throws StartError if it is anything else, or a document does not parse.
 */
export async function readTrustedDocuments(file: string): Promise<TrustedDocuments> {
  const wrong = (why: string) => new StartError(`TRUSTED_DOCUMENTS: ${file} ${why}.`);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrong(`cannot be read (${error.code})`);
  });
  const documents = new Map<string, string>();
  for (const [id, document] of entriesOf(text) ?? [])
    if (typeof document === 'string') documents.set(String(id), document);
    else throw wrong(`has no document for "${String(id)}"`);
  if (documents.size === 0) throw wrong('holds no documents by their ids');
  for (const [id, document] of documents) {
    try {
      parse(document);
    } catch {
      throw wrong(`holds a document that does not parse: "${id}"`);
    }
  }
  return documents;
}

function entriesOf(text: string): readonly (readonly [unknown, unknown])[] | null {
  try {
    const { operations, ...byId } = JSON.parse(text);
    if (!Array.isArray(operations)) return Object.entries(JSON.parse(text));
    return byId['format'] === undefined ? null : operations.map(({ id, body }) => [id, body] as const);
  } catch {
    return null;
  }
}
