import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

const EXTENSIONS = new Set(['.md', '.markdown', '.mdown', '.txt']);

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
    else skipped.push(file.path);
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
