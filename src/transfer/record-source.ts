import type { ForumRecord } from './records.ts';

/** A place in a source, for people: the file, and the line or the number of the element in it. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line?: number | undefined;
  /** The element or object, such as `row 12` or `post 4711`. */
  readonly element?: string | undefined;
}

/** A record, or something of the source that becomes none, with its place. */
export type SourceItem =
  | { readonly at: Place; readonly record: ForumRecord }
  | { readonly at: Place; readonly omitted: Omission };

/** Something that the import leaves out, shortens or changes, for its report. */
export interface Omission {
  /** What it is, in few words that are the same for all of a kind: the report counts by it. Such as `deleted posts`. */
  readonly what: string;
  /** Which one, and what was done: one sentence. */
  readonly detail?: string | undefined;
  /** Whether it is nothing that an export of this kind has: such a thing alone makes no export. */
  readonly isUnusable?: boolean | undefined;
}

/**
 * The records of an export, in an order in which a record comes after those that it refers to (a link's target may
 * come later). Reading must not collect the whole: memory is bounded. It throws a SourceError
 * where the file is broken. It yields the same records with the same keys each time, because an interrupted import starts
 * again from the beginning and passes over what is stored.
 */
export interface RecordSource extends AsyncIterable<SourceItem> {
  /**
   * What has been done of how much, in bytes of its files or what takes as long: for the progress bar. It grows while the
   * records are waited for, too. A total of null is unknown.
   */
  progress(): { readonly done: number; readonly total: number | null };
  /** Releases its files. Called once, also after an error. */
  close?(): Promise<void>;
}

export interface SourceOptions {
  /** Names the other forum in keys and in addresses, such as its host. Null: the converter finds it or says that it needs it. */
  readonly site: string | null;
}

/** A kind of export that `parley import --from` reads. Its line in sources/index.ts is all that it needs. */
export interface SourceKind {
  /** What it reads, for the usage: one phrase. */
  readonly description: string;
  /** Whether a path is certainly of this kind, by its name or its first bytes. Omitted: only `--from` chooses it. */
  readonly recognises?: ((path: string) => Promise<boolean>) | undefined;
  /** Opens a file or a folder. Throws StartError if it is not of this kind, or SourceError. */
  readonly open: (path: string, options: SourceOptions) => Promise<RecordSource>;
}

/** A fault in a source after which nothing of it can be read. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  readonly at: Place;

  constructor(at: Place, reason: string) {
    super(`${placeText(at)}: ${reason}`);
    this.at = at;
  }
}

/** A place as editors and terminals read it: `file:12`. */
export function placeText({ file, line, element }: Place): string {
  return `${file}${line === undefined ? '' : `:${line}`}${element === undefined ? '' : ` (${element})`}`;
}
