import { setTimeout as sleep } from 'node:timers/promises';
import type { NewId } from '../store/index.ts';
import { type Database, isUniqueViolation, type Tx } from '../store/index.ts';
import { parseThreadDocument } from './parse-thread-document.ts';
import { type PreparedDocument, prepareDocument } from './prepare-document.ts';
import { type SavedAs, saveDocument } from './save-document.ts';
import { ThreadDocumentError, type ThreadWarning } from './thread-document.ts';

/** What an import works with. */
export interface ImportDeps {
  readonly db: Database;
  readonly newId: NewId;
}

/** Where a document comes from, and when it was captured: its phrases count back from then. */
export interface DocumentOrigin {
  readonly fileName: string;
  readonly asOf: Date;
}

export interface ImportResult {
  readonly status: SavedAs;
  readonly title: string;
  /** The comments in the document. */
  readonly commentCount: number;
  readonly warnings: readonly ThreadWarning[];
}

/**
 * How often a document is tried when other imports make the same product, slug or discussion meanwhile. Of n that want
 * one slug at the same moment, one gets its turn each time.
 */
const TRIES_MAX = 20;
/** Waiting a little, and never equally long, keeps losers from meeting again. */
const WAIT_MS_MAX = 20;

/**
 * Stores a thread document as one discussion, in one transaction. Importing it again changes nothing; a newer state of
 * it adds its new comments and brings votes and links up to date, and leaves what people did here. Throws
 * ThreadDocumentError where it cannot be read; then nothing is stored.
 */
export async function importDocument(
  deps: ImportDeps,
  text: string,
  origin: DocumentOrigin,
): Promise<ImportResult> {
  const { prepared, ...result } = readDocument(text, origin);
  const status = await writeAgain(deps.db, (tx) => saveDocument(tx, deps.newId, prepared));
  return { status, ...result };
}

/** Reads a document up to the point where it can be stored. */
export function readDocument(
  text: string,
  { fileName, asOf }: DocumentOrigin,
): { prepared: PreparedDocument } & Omit<ImportResult, 'status'> {
  const document = parseThreadDocument(text, fileName);
  const { post, comments, warnings } = document;
  try {
    const prepared = prepareDocument(document, asOf);
    return { prepared, title: post.title, commentCount: comments.length, warnings };
  } catch (error) {
    if (error instanceof RangeError) throw new ThreadDocumentError(fileName, post.line, error.message);
    throw error;
  }
}

/** Runs a transaction again where it lost the race for a unique key: the second time it finds the winner's row. */
export async function writeAgain<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.write(work, 'LONG');
    } catch (error) {
      if (tries === TRIES_MAX || !isUniqueViolation(error)) throw error;
      await sleep(Math.random() * WAIT_MS_MAX);
    }
  }
}
