// The built front end: server.js (for the program that it runs in), refusals.js with refusal.css (for what that program
// refuses before), serve.js (to run it alone), and static/ with hashed names, each with its Brotli and its gzip form
// beside it.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import { webRoot } from './paths.ts';
import { precompiled } from './precompile.ts';

/** Bundles into `folder`, from generated sources that are up to date. */
export async function bundleWeb(folder: string): Promise<void> {
  const names = await bundleAssets(path.join(folder, 'static'));
  await build({
    absWorkingDir: webRoot,
    entryPoints: [
      { in: 'src/index.ts', out: 'server' },
      { in: 'src/refusals.ts', out: 'refusals' },
      { in: 'src/serve.ts', out: 'serve' },
    ],
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    plugins: [precompiled],
    // pages are written by a factory of their own, with Preact's types
    alias: { 'preact/jsx-runtime': './src/http/write-html.ts' },
    logLevel: 'warning',
  });
  // pages contain it, so it has no name of its own
  await build({
    absWorkingDir: webRoot,
    entryPoints: ['styles/refusal.css'],
    outdir: folder,
    bundle: true,
    minify: true,
    logLevel: 'warning',
  });
  await writeFile(path.join(folder, 'assets.json'), JSON.stringify(names, null, 2));
}

/** Resolves to the files' names by the names that the pages know. */
async function bundleAssets(folder: string): Promise<Record<string, string>> {
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: webRoot,
    entryPoints: { main: 'islands/main.ts', frame: 'frames/frame.ts' },
    outdir: folder,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    metafile: true,
    logLevel: 'warning',
  });
  // other sites' pages load it with a plain <script>
  const embed = await build({
    absWorkingDir: webRoot,
    entryPoints: { embed: 'frames/embed.ts' },
    outdir: folder,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    metafile: true,
    logLevel: 'warning',
  });
  // without a target, so that light-dark() and logical properties stay as they are
  const styles = await build({
    absWorkingDir: webRoot,
    entryPoints: { main: 'styles/main.css' },
    outdir: folder,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    metafile: true,
    logLevel: 'warning',
  });
  const built = [metafile, embed.metafile, styles.metafile].flatMap(({ outputs }) => Object.keys(outputs));
  const names: Record<string, string> = {};
  for (const file of built) {
    const name = path.basename(file);
    names[name.replace(/-\w+(\.\w+)$/, '$1')] = name;
  }
  for (const name of await readdir(path.join(webRoot, 'assets'))) {
    const bytes = await readFile(path.join(webRoot, 'assets', name));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
    names[name] = name.replace(/(\.\w+)$/, `-${hash}$1`);
    await writeFile(path.join(folder, names[name] ?? name), bytes);
  }
  await Promise.all(Object.values(names).map((name) => compress(path.join(folder, name))));
  return names;
}

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params }));
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
