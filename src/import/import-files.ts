import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
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
}

interface ImportOptions {
  /** When the documents were captured. Null: when each file was last modified. */
  readonly asOf: Date | null;
  /** Called after each file, with its number (from 1) and the number of files. */
  onFile?(outcome: FileOutcome, number: number, of: number): void;
}

const EXTENSIONS = new Set(['.md', '.txt']);

/**
 * Imports files one after the other. A folder stands for the *.md and *.txt files in it and below, in the order of their
 * names. A file that fails does not stop the others.
 */
export async function importFiles(
  deps: ImportDeps,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportSummary> {
  const files: string[] = [];
  for (const each of paths) files.push(...(await filesAt(each)));
  const outcomes: FileOutcome[] = [];
  for (const file of files) {
    const outcome = await importFile(deps, file, options.asOf);
    outcomes.push(outcome);
    options.onFile?.(outcome, outcomes.length, files.length);
  }
  const count = (status: FileOutcome['status']) =>
    outcomes.filter((outcome) => outcome.status === status).length;
  const counts = { created: count('created'), updated: count('updated'), unchanged: count('unchanged') };
  return { ...counts, failed: count('failed'), files: outcomes };
}

/** A missing path counts as a file, so that it is reported like an unreadable one. */
async function filesAt(fileOrFolder: string): Promise<string[]> {
  const isFolder = await stat(fileOrFolder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return [fileOrFolder];
  const entries = await readdir(fileOrFolder, { recursive: true, withFileTypes: true });
  const files = entries.filter(
    (entry) => entry.isFile() && EXTENSIONS.has(path.extname(entry.name).toLowerCase()),
  );
  return files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
}

async function importFile(deps: ImportDeps, file: string, asOf: Date | null): Promise<FileOutcome> {
  try {
    const { size, mtime } = await stat(file);
    if (size > THREAD_DOCUMENT_BYTES_MAX) throw new ThreadDocumentError(file, 1, TOO_LARGE);
    const text = decodeText(file, await readFile(file));
    return { file, ...(await importDocument(deps, text, { fileName: file, asOf: asOf ?? mtime })) };
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

/** One line. Prisma's messages have many, of which the last one states the problem. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'the file does not exist.';
  if (code === 'EACCES') return 'permission to read the file is denied.';
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().split('\n').at(-1) ?? 'the reason is unknown.';
}
