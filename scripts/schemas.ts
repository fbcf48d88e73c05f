// Writes prisma/<engine>/schema.prisma: a header, then all of prisma/models. `--check` only says whether they are so.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';

export const ENGINES = ['sqlite', 'postgres'] as const;
export type EngineName = (typeof ENGINES)[number];

const PROVIDERS = { sqlite: 'sqlite', postgres: 'postgresql' } as const;

/** The whole data model for one engine, as Prisma reads it. */
export async function schemaOf(engine: EngineName): Promise<string> {
  const folder = path.join(packageRoot, 'prisma/models');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort();
  const models = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  const header = `// Written by scripts/schemas.ts from prisma/models: edit those.

generator client {
  provider            = "prisma-client"
  output              = "../../src/generated/${engine}"
  runtime             = "nodejs"
  moduleFormat        = "esm"
  importFileExtension = "ts"
  compilerBuild       = "small"
  previewFeatures     = ["partialIndexes"]
}

datasource db {
  provider = "${PROVIDERS[engine]}"
}
`;
  return [header, ...models].join('\n');
}

export const schemaFile = (engine: EngineName) => path.join(packageRoot, `prisma/${engine}/schema.prisma`);

/** Writes what differs; with `check`, answers the stale files' names and writes nothing. */
export async function writeSchemas(check = false): Promise<string[]> {
  const stale: string[] = [];
  for (const engine of ENGINES) {
    const [file, text] = [schemaFile(engine), await schemaOf(engine)];
    if (existsSync(file) && (await readFile(file, 'utf8')) === text) continue;
    stale.push(path.relative(packageRoot, file));
    if (check) continue;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return stale;
}
