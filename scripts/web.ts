// Builds the front end into dist/web. It is a package of its own (web/) with its own scripts, which find the packages that
// are installed here.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packageRoot } from '../src/package-root.ts';
import { webSources } from './web-sources.ts';

const run = promisify(execFile);

const target = path.join(packageRoot, 'dist/web');
const stamp = path.join(target, 'made-from');

/** Builds the front end unless what stands in dist/web was made from the same sources and packages. */
export async function buildWeb(): Promise<void> {
  const made = await fingerprint();
  const isMade = async () => existsSync(stamp) && (await readFile(stamp, 'utf8')) === made;
  if (await isMade()) return;

  // written to a temporary folder and renamed, so that a running server has either the old files or the new ones
  const fresh = `${target}.${process.pid}`;
  try {
    await run(process.execPath, ['--import', 'tsx', 'web/scripts/build.ts', fresh], { cwd: packageRoot });
    await writeFile(path.join(fresh, 'made-from'), made);
    // another process may have built the same meanwhile: test files run side by side
    if (await isMade()) return;
    if (existsSync(target)) await rm(target, { recursive: true });
    await rename(fresh, target).catch(async (error) => {
      if (!(await isMade())) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Changes when a source, this script, the schema or an installed package does. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of [...(await webSources()), 'scripts/web.ts', 'schema.graphql', 'package-lock.json']) {
    hash.update(`${name}\0`).update(await readFile(path.join(packageRoot, name)));
  }
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb();
