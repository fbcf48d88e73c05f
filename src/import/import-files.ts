import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { problemLine } from '../store/index.ts';
import { capturedAtOf, documentsAt } from './find-files.ts';
import { type ImportDeps, type ImportResult, importDocument } from './import-document.ts';
import { THREAD_DOCUMENT_BYTES_MAX, TOO_LARGE } from './source.ts';
import { ThreadDocumentError } from './thread-document.ts';

/** The result for one file. A failure has a `line` if the document is invalid. */
export type FileOutcome =
  | ({ readonly file: string } & ImportResult)
  | { readonly file: string; readonly status: 'failed'; readonly error: string; readonly line?: number };

export interface ImportSummary {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly files: readonly FileOutcome[];
  /** Files in the folders whose names are not those of documents, and broken links. Omitted if there are none. */
  readonly skipped?: readonly string[];
}

interface ImportOptions {
  /** When the documents were captured. Null: as their folder's `captured-at` says, or when each file was last modified. */
  readonly asOf: Date | null;
  /** Called after each file, with its number (from 1) and the number of files. */
  onFile?(outcome: FileOutcome, number: number, of: number): void;
}

/**
 * Imports files one after the other. A folder stands for the documents in it and below (see `documentsAt`). A file that
 * fails does not stop the others.
 */
export async function importFiles(
  deps: ImportDeps,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportSummary> {
  const found = await Promise.all(paths.map(documentsAt));
  const files = found.flatMap((each) => each.files);
  const skipped = found.flatMap((each) => each.skipped);
  const outcomes: FileOutcome[] = [];
  for (const file of files) {
    const outcome = await importFile(deps, file, options.asOf);
    outcomes.push(outcome);
    options.onFile?.(outcome, outcomes.length, files.length);
  }
  const count = (status: FileOutcome['status']) =>
    outcomes.filter((outcome) => outcome.status === status).length;
  const counts = { created: count('created'), updated: count('updated'), unchanged: count('unchanged') };
  return { ...counts, failed: count('failed'), files: outcomes, ...(skipped.length > 0 && { skipped }) };
}

async function importFile(deps: ImportDeps, file: string, asOf: Date | null): Promise<FileOutcome> {
  try {
    const { size, mtime } = await stat(file);
    if (size > THREAD_DOCUMENT_BYTES_MAX) throw new ThreadDocumentError(file, 1, TOO_LARGE);
    const text = decodeText(file, await readFile(file));
    const capturedAt = asOf ?? (await capturedAtOf(path.dirname(file))) ?? mtime;
    return { file, ...(await importDocument(deps, text, { fileName: file, asOf: capturedAt })) };
  } catch (error) {
    if (error instanceof ThreadDocumentError) {
      return { file, status: 'failed', error: error.message, line: error.line };
    }
    return { file, status: 'failed', error: `${file}: ${reasonOf(error)}` };
  }
}

function decodeText(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ThreadDocumentError(file, 1, 'the file is not a text in UTF-8.');
  }
}

/** One line. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'the file does not exist.';
  if (code === 'EACCES') return 'permission to read the file is denied.';
  return problemLine(error);
}
