import { createHash } from 'node:crypto';
import type { ImportedTime } from '../../text/imported-time.ts';
import type { Rendering } from '../../text/markdown.ts';

/** A comment as an imported document has it. */
export interface ImportedComment {
  /** See `textKeyOf`. */
  readonly textKey: string;
  /** See `idSuffix`. Null if the document gives the comment no id. */
  readonly idSuffix: string | null;
  /** The author's `externalId`. Null if there is none. */
  readonly authorKey: string | null;
  readonly body: string;
  readonly rendering: Rendering;
  readonly time: ImportedTime;
  readonly lastEditedAt: Date | null;
  /** Null if it is not deleted. */
  readonly deletedAt: Date | null;
  readonly importedNetVotes: number;
  readonly isOfficial: boolean;
  readonly isVerifiedUser: boolean;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** The index of the comment that it replies to; null at the top level. There are no cycles. */
  readonly replyTo: number | null;
}

/** Identifies a text, but for its spacing. The first part of a comment's import key. */
export function textKeyOf(body: string): string {
  const plain = body.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  // the form in which keys have always been made: a JSON string
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex').slice(0, 32);
}

/** A comment's import key names the text that was imported, and tells comments with equal texts apart. */
interface ImportKey {
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
