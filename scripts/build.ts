// What `npm start` runs: src compiled to dist/, and the playground bundled. What is up to date is left as it is, so that
// a second start takes no longer than it takes to see that.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../src/kit/package-root.ts';
import { buildPlayground } from './playground.ts';

const dist = path.join(packageRoot, 'dist');
const stamp = path.join(dist, '.made-from');

await import('./generate.ts');
await Promise.all([compile(), buildPlayground()]);

async function compile(): Promise<void> {
  const made = await fingerprint();
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === made) return;
  await removeOld();
  const tsc = path.join(packageRoot, 'node_modules/typescript/bin/tsc');
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: packageRoot });
  } catch (error) {
    process.stderr.write(`${(error as { stdout?: string }).stdout ?? error}\n`);
    process.exit(1);
  }
  await writeFile(stamp, made);
}

/** A file whose source is gone must not stay behind. The playground looks after itself. */
async function removeOld(): Promise<void> {
  const names = existsSync(dist) ? await readdir(dist) : [];
  const old = names.filter((name) => !name.startsWith('playground'));
  await Promise.all(old.map((name) => rm(path.join(dist, name), { recursive: true })));
}

/** Changes when a source, the compiler's settings or an installed package does. */
async function fingerprint(): Promise<string> {
  const names = await readdir(path.join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' });
  const sources = names.filter((name) => name.endsWith('.ts')).map((name) => path.join('src', name));
  const hash = createHash('sha256');
  for (const name of [...sources.sort(), 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']) {
    hash.update(`${name}\0`).update(await readFile(path.join(packageRoot, name)));
  }
  return hash.digest('hex');
}
