import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { StartError } from '../start-error.ts';
import { instantOfIso } from '../text/iso-instant.ts';

const EXTENSIONS = new Set(['.md', '.markdown', '.mdown', '.txt']);

/** A file in a folder of documents: the instant from which their relative times count back. */
const CAPTURED_AT = 'captured-at';

/** When the documents of a folder were captured. Null if no file there says so. */
export async function capturedAtOf(folder: string): Promise<Date | null> {
  const file = path.join(folder, CAPTURED_AT);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (text === null) return null;
  const asOf = instantOfIso(text);
  if (!asOf) throw new StartError(`${file} must contain an ISO 8601 date.`);
  return asOf;
}

interface Found {
  readonly files: string[];
  /** Files whose names are not those of documents, and broken links. */
  readonly skipped: string[];
}

interface Entry {
  readonly path: string;
  /** Its path without links. */
  readonly real: string;
}

/**
 * The documents at a path: a file itself; in a folder and below, the files named *.md, *.markdown, *.mdown and *.txt, in
 * the order of their names. Links are followed, but each file and folder is visited once. A missing path counts as a
 * file, so that it is reported like an unreadable one.
 */
export async function documentsAt(fileOrFolder: string): Promise<Found> {
  const isFolder = await stat(fileOrFolder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return { files: [fileOrFolder], skipped: [] };
  const files: Entry[] = [];
  const linked: Entry[] = [];
  const skipped: string[] = [];
  const seen = new Set<string>();
  const folders = [{ path: fileOrFolder, real: await realpath(fileOrFolder) }];
  // what stands in the folder itself comes before what links lead to, so that it keeps its own name
  for (let folder = folders.shift(); folder; folder = folders.shift() ?? (await nextLinked())) {
    if (seen.has(folder.real)) continue;
    seen.add(folder.real);
    for (const entry of await readdir(folder.path, { withFileTypes: true })) {
      const at = path.join(folder.path, entry.name);
      const inPlace = { path: at, real: path.join(folder.real, entry.name) };
      if (entry.isSymbolicLink()) linked.push(inPlace);
      else if (entry.isDirectory()) folders.push(inPlace);
      else if (entry.isFile()) addFile(inPlace);
      else skipped.push(at);
    }
  }
  return { files: files.map((file) => file.path).sort(), skipped: skipped.sort() };

  function addFile(file: Entry): void {
    if (seen.has(file.real)) return;
    seen.add(file.real);
    if (EXTENSIONS.has(path.extname(file.path).toLowerCase())) files.push(file);
    else if (path.basename(file.path) !== CAPTURED_AT) skipped.push(file.path);
  }

  /** Resolves links until one leads to a folder. */
  async function nextLinked(): Promise<Entry | undefined> {
    for (let link = linked.shift(); link; link = linked.shift()) {
      const real = await realpath(link.path).catch(() => null);
      if (real === null) skipped.push(link.path);
      else if ((await stat(real)).isDirectory()) return { path: link.path, real };
      else addFile({ path: link.path, real });
    }
    return undefined;
  }
}
