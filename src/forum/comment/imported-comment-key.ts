import { createHash } from 'node:crypto';

/** Identifies a text, but for its spacing. The first part of a comment's import key. */
export function textKeyOf(body: string): string {
  const plain = body.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  // the form in which keys have always been made: a JSON string
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex').slice(0, 32);
}

/** A comment's import key names the text that was imported, and tells comments with equal texts apart. */
export interface ImportKey {
  readonly textKey: string;
  /** A number, or "id-" and a hash of the comment's id in its documents. */
  readonly suffix: string;
}

export function importKeyOf({ textKey, suffix }: ImportKey): string {
  return `${textKey}.${suffix}`;
}

/** The parts of a stored key. */
export function readImportKey(key: string): ImportKey {
  const dot = key.indexOf('.');
  return { textKey: key.slice(0, dot), suffix: key.slice(dot + 1) };
}

/** The suffix of a comment that has an id in its documents. */
export function idSuffix(id: string): string {
  return `id-${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
}
