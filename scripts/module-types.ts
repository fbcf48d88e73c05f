import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';

/** The `…Types` of a module's index.ts: an interface whose members are types of schema.graphql. */
export interface ModuleTypes {
  readonly file: string;
  readonly types: string;
  readonly members: readonly string[];
}

/** The index.ts of every module, from the package's root. */
export async function moduleFiles(): Promise<string[]> {
  const folders = await readdir(path.join(packageRoot, 'src/forum'), { withFileTypes: true });
  const forum = folders
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `src/forum/${name}/index.ts`);
  return [...forum.sort(), 'src/identity/index.ts'];
}

/** Read as text: the modules cannot be loaded before the types that are made of this. */
export async function readModuleTypes(): Promise<ModuleTypes[]> {
  const files = await moduleFiles();
  const texts = await Promise.all(files.map((file) => readFile(path.join(packageRoot, file), 'utf8')));
  return files.flatMap((file, i) => {
    const [, types = '', body = ''] =
      /^export interface (\w+Types) \{\n(.*?)^\}/ms.exec(texts[i] ?? '') ?? [];
    const members = [...body.matchAll(/^ {2}(\w+): /gm)].map(([, name = '']) => name);
    return types === '' ? [] : [{ file, types, members }];
  });
}
