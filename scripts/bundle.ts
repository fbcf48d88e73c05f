// The program's bundle: dist/parley.js with its commands, dist/main.js that serves, dist/text-worker.js and dist/password-worker.js
// for its threads,
// and the chunks that they load when they need them.
//
// Bundled, not only compiled: of a cold start more than half went into finding and opening 1400 modules.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { packageRoot } from '../src/package-root.ts';

const dist = path.join(packageRoot, 'dist');
const stamp = path.join(dist, '.made-from');

/** Packages with compiled code or threads, which they load from their own folder: the `dependencies` of package.json. */
export const NATIVE = ['better-sqlite3', 'sqlite3', '@node-rs/argon2', 'piscina'];
/** `pg` loads the first if one asks for it; Fastify the others where routes have JSON schemas. Here they never do. */
const unused = [
  'pg-native',
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
  'light-my-request',
];

/** How the program is bundled; a folder beside dist/ runs as well as dist/ itself. */
export const serverBundle = {
  absWorkingDir: packageRoot,
  entryPoints: [
    { in: 'src/main.ts', out: 'main' },
    { in: 'src/parley.ts', out: 'parley' },
    { in: 'src/text/text-worker.ts', out: 'text-worker' },
    { in: 'src/identity/password-worker.mjs', out: 'password-worker' },
  ],
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: [...NATIVE, ...unused],
  // Packages in the older module format load Node's own modules with this.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
} satisfies BuildOptions;

/** Bundles the program unless what stands in dist/ was made from the same sources and packages. */
export async function bundleServer(): Promise<void> {
  const made = await fingerprint();
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === made) return;
  const { metafile } = await build({ ...serverBundle, outdir: 'dist', metafile: true });
  await removeOld(new Set(Object.keys(metafile.outputs).map((name) => path.normalize(name))));
  await writeFile(stamp, made);
}

/** Files of an earlier build go after the new ones are there. The playground and the front end look after themselves. */
async function removeOld(made: ReadonlySet<string>): Promise<void> {
  const names = await readdir(dist, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const old = files
    .map((file) => path.relative(packageRoot, file))
    .filter((name) => !made.has(name) && !/^dist[\\/](?:playground|web)/.test(name));
  await Promise.all(old.map((name) => rm(path.join(packageRoot, name), { force: true })));
}

/** Changes when a source, this script or an installed package does. */
async function fingerprint(): Promise<string> {
  const names = await readdir(path.join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' });
  const sources = names.filter((name) => /\.(ts|mjs)$/.test(name)).map((name) => path.join('src', name));
  const hash = createHash('sha256');
  for (const name of [...sources.sort(), 'scripts/bundle.ts', 'package-lock.json']) {
    hash.update(`${name}\0`).update(await readFile(path.join(packageRoot, name)));
  }
  return hash.digest('hex');
}
