import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, isUniqueViolation, type NewId, type Tx } from '../store/index.ts';
import { parseThreadDocument } from './parse-thread-document.ts';
import { type PreparedDocument, prepareDocument } from './prepare-document.ts';
import { withinDepth } from './reply-depth.ts';
import { type SaveStatus, saveDocument } from './save-document.ts';
import { ThreadDocumentError, type ThreadWarning } from './thread-document.ts';

/** The dependencies of an import. */
export interface ImportDeps {
  readonly db: Database;
  readonly newId: NewId;
  /** The hosts from which images are shown. */
  readonly imageHosts?: readonly string[];
  /** The maximum depth of replies. Default: none. */
  readonly replyDepthMax?: number;
}

/** Where a document comes from. Its relative times count back from `asOf`, when it was captured. */
interface DocumentOrigin {
  readonly fileName: string;
  readonly asOf: Date;
}

export interface ImportResult {
  readonly status: SaveStatus;
  readonly title: string;
  /** The number of comments in the document. */
  readonly commentCount: number;
  readonly warnings: readonly ThreadWarning[];
}

/**
 * How often a transaction is tried while other imports create the same product, slug or discussion. Of n that want the
 * same slug at once, one succeeds each time.
 */
const TRIES_MAX = 20;
/** A short random delay keeps the losers of a race from racing again. */
const WAIT_MS_MAX = 20;

/**
 * Stores a thread document as one discussion, in one transaction. Importing it again changes nothing. A newer version
 * adds its new comments and updates votes and links. Imports never overwrite local edits. Throws ThreadDocumentError if
 * the document cannot be read; then nothing is stored.
 */
export async function importDocument(
  deps: ImportDeps,
  text: string,
  origin: DocumentOrigin,
): Promise<ImportResult> {
  const { imageHosts, replyDepthMax } = deps;
  const { prepared, ...result } = readDocument(text, { ...origin, imageHosts, replyDepthMax });
  const status = await writeWithRetry(deps.db, (tx) => saveDocument(tx, deps.newId, prepared));
  return { status, ...result };
}

/** Parses a document and prepares it for saveDocument. Throws ThreadDocumentError. */
export function readDocument(
  text: string,
  {
    fileName,
    asOf,
    imageHosts = [],
    replyDepthMax = Number.POSITIVE_INFINITY,
  }: DocumentOrigin & { readonly [Name in 'imageHosts' | 'replyDepthMax']?: ImportDeps[Name] | undefined },
): { prepared: PreparedDocument } & Omit<ImportResult, 'status'> {
  const document = withinDepth(parseThreadDocument(text, fileName, asOf), replyDepthMax);
  const { post, comments, warnings } = document;
  try {
    const prepared = prepareDocument(document, asOf, imageHosts);
    return { prepared, title: post.title, commentCount: comments.length, warnings };
  } catch (error) {
    if (error instanceof RangeError) throw new ThreadDocumentError(fileName, post.line, error.message);
    throw error;
  }
}

/** Runs a transaction again if it lost the race for a unique key: then it finds the winner's row. */
export async function writeWithRetry<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.write(work);
    } catch (error) {
      if (tries === TRIES_MAX || !isUniqueViolation(error)) throw error;
      await sleep(Math.random() * WAIT_MS_MAX);
    }
  }
}
