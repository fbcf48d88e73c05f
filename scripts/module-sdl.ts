import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { completeConnections } from './connections.ts';
import { mergeSdl } from './merge-sdl.ts';

/** The SDL of one module: its types, and the fields that it adds to types of other modules. */
export interface ModuleSdl {
  readonly name: string;
  /** From the package's root. */
  readonly file: string;
  readonly text: string;
}

/** What parts the files of modules where they are one text. */
const BETWEEN = '\n# ── next module ──\n';

/** The SDL of the API itself and of every module, in the order of schema.graphql. */
export async function readModuleSdl(): Promise<ModuleSdl[]> {
  // read as text: the modules cannot be loaded before the types that are made of this
  const list = await readFile(path.join(packageRoot, 'src/forum/index.ts'), 'utf8');
  const forum = [...list.matchAll(/^ {2}(\w+)Module,$/gm)].map(([, name = '']) => name);
  const folders = await readdir(path.join(packageRoot, 'src/forum'), { withFileTypes: true });
  for (const { name } of folders.filter((entry) => entry.isDirectory()))
    if (!forum.includes(name)) throw new Error(`src/forum/index.ts lacks the module ${name}.`);
  const files = [
    { name: 'api', file: 'src/api/api.graphql' },
    ...forum.map((name) => ({ name, file: `src/forum/${name}/${name}.graphql` })),
    { name: 'identity', file: 'src/identity/identity.graphql' },
  ];
  return Promise.all(
    files.map(async (one) => ({ ...one, text: await readFile(path.join(packageRoot, one.file), 'utf8') })),
  );
}

/** Adds to the modules' SDL what their connections lack. */
export function completeModules(modules: readonly ModuleSdl[]): ModuleSdl[] {
  const texts = completeConnections(modules.map(({ text }) => text).join(BETWEEN)).split(BETWEEN);
  return modules.map((module, index) => ({ ...module, text: texts[index] ?? '' }));
}

/** Completes the modules' files and writes schema.graphql from them. */
export async function writeSchema(): Promise<void> {
  const modules = await readModuleSdl();
  const completed = completeModules(modules);
  for (const [index, { file, text }] of completed.entries())
    if (text !== modules[index]?.text) await writeFile(path.join(packageRoot, file), text);
  await writeFile(path.join(packageRoot, 'schema.graphql'), mergeSdl(completed));
}
