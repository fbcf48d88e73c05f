// Bundles the playground from the installed packages into dist/playground: index.html and assets/ with content-hashed
// names, each with its Brotli form beside it. Nothing in it loads from another host.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { packageRoot } from '../src/package-root.ts';

const source = path.join(packageRoot, 'src/server/playground');
const target = path.join(packageRoot, 'dist/playground');

const workers = {
  editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
  json: 'monaco-editor/esm/vs/language/json/json.worker.js',
  graphql: 'monaco-graphql/esm/graphql.worker.js',
};

/**
 * GraphiQL's style sheet holds fonts in text form, which weigh ten times as much as all its rules, and a copy of the
 * editor's rules, which the editor's modules bring once more. The page uses the machine's fonts, and loads the
 * editor's signs as a file, so that its policy need not allow fonts in text form.
 */
const leanStyles: Plugin = {
  name: 'lean-styles',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path: file }) => {
      const text = (await readFile(file, 'utf8'))
        .replace(/@font-face\s*\{[^}]*data:font\/woff[^}]*\}/g, '')
        .replace(/url\(data:font\/ttf;[^)]*\)/, `url(${JSON.stringify(editorSigns)})`);
      return { contents: text, loader: 'css', resolveDir: packageRoot };
    });
    onLoad({ filter: /[\\/]monaco-editor[\\/].*\.css$/ }, () => ({ contents: '', loader: 'css' }));
  },
};

const editorSigns = 'monaco-editor/esm/vs/base/browser/ui/codicons/codicon/codicon.ttf';

const shared: BuildOptions = {
  absWorkingDir: packageRoot,
  bundle: true,
  minify: true,
  metafile: true,
  write: true,
  legalComments: 'eof',
  plugins: [leanStyles],
  target: 'es2022',
  assetNames: '[name]-[hash]',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  loader: { '.ttf': 'file' },
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
};

/** Builds the playground unless what stands in dist/playground was made from the same sources and packages. */
export async function buildPlayground(): Promise<void> {
  const made = await fingerprint();
  const stamp = path.join(target, 'made-from');
  const isMade = async () => existsSync(stamp) && (await readFile(stamp, 'utf8')) === made;
  if (await isMade()) return;

  // Written to a temporary folder and renamed, so that a running server serves either the old files or the new ones.
  const fresh = `${target}.${process.pid}`;
  try {
    await make(fresh);
    await writeFile(path.join(fresh, 'made-from'), made);
    // Another process may have built the same meanwhile: test files run side by side.
    if (await isMade()) return;
    if (existsSync(stamp)) await rm(target, { recursive: true });
    await rename(fresh, target).catch(async (error) => {
      if (!(await isMade())) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function make(folder: string): Promise<void> {
  const outdir = path.join(folder, 'assets');
  await mkdir(outdir, { recursive: true });
  const names = await bundle(outdir);
  const page = await readFile(path.join(source, 'index.html'), 'utf8');
  await writeFile(path.join(folder, 'index.html'), fillIn(page, names));
  await compressAll(outdir);
}

/** Writes the assets and answers the file name of each by the name that the page knows it by. */
async function bundle(outdir: string): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const icon = await readFile(path.join(source, 'icon.svg'));
  names.set('icon.svg', `icon-${createHash('sha256').update(icon).digest('hex').slice(0, 8)}.svg`);
  await writeFile(path.join(outdir, names.get('icon.svg') ?? ''), icon);

  const workerNames: Record<string, string> = {};
  for (const [label, entry] of Object.entries(workers)) {
    const built = await build({
      ...shared,
      entryPoints: { [`${label}-worker`]: fileURLToPath(import.meta.resolve(entry)) },
      format: 'iife',
      outdir,
    });
    workerNames[label] = outputNames(built.metafile, '.js')[0] ?? '';
  }
  const built = await build({
    ...shared,
    entryPoints: { main: path.join(source, 'main.js') },
    format: 'esm',
    splitting: true,
    outdir,
    define: {
      ...shared.define,
      WORKERS: JSON.stringify(prefixed(workerNames)),
      ICON: JSON.stringify(`./${names.get('icon.svg')}`),
    },
  });
  for (const ending of ['.js', '.css']) {
    const [main] = outputNames(built.metafile, ending).filter((name) => name.startsWith('main-'));
    names.set(`main${ending}`, main ?? '');
  }
  return names;
}

function prefixed(names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([label, name]) => [label, `./${name}`]));
}

function outputNames(metafile: { outputs: object } | undefined, ending: string): string[] {
  const files = Object.keys(metafile?.outputs ?? {});
  return files.map((file) => path.basename(file)).filter((name) => name.endsWith(ending));
}

function fillIn(page: string, names: ReadonlyMap<string, string>): string {
  return page.replace(/\{\{(.+?)\}\}/g, (_whole, name: string) => {
    const file = names.get(name);
    if (!file) throw new Error(`The playground's page names ${name}, which was not built.`);
    return file;
  });
}

/** Quality 9 of 11: nine tenths of what 11 saves, in a tenth of its time. */
async function compressAll(folder: string): Promise<void> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 };
  for (const name of await readdir(folder)) {
    const bytes = await readFile(path.join(folder, name));
    await writeFile(path.join(folder, `${name}.br`), await promisify(brotliCompress)(bytes, { params }));
  }
}

/** Changes when the page's sources, this script or an installed package do. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const files = (await readdir(source)).sort().map((name) => path.join(source, name));
  for (const file of [
    ...files,
    fileURLToPath(import.meta.url),
    path.join(packageRoot, 'package-lock.json'),
  ]) {
    hash.update(await readFile(file));
  }
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPlayground();
