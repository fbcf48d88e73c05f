// Everything in src/generated: Prisma's client for both engines and the resolvers' types; and the front end's operations
// and messages in web/src/generated. What is up to date is left.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../src/package-root.ts';
import { readModuleSdl } from './module-sdl.ts';
import { moduleFiles } from './module-types.ts';
import { ENGINES, schemaFile, writeSchemas } from './schemas.ts';
import { webSources } from './web-sources.ts';

const run = promisify(execFile);
const generated = path.join(packageRoot, 'src/generated');

/** Runs `make` unless the inputs are those of its last run and its product is there. */
async function whenStale(name: string, product: string, inputs: string[], make: () => Promise<unknown>) {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(await readFile(path.join(packageRoot, input)));
  const [stamp, digest] = [path.join(generated, `.stamp-${name}`), hash.digest('hex')];
  const isFresh = existsSync(product) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === digest;
  if (isFresh) return;
  await make();
  await writeFile(stamp, digest);
}

const prismaCli = path.join(packageRoot, 'node_modules/prisma/build/index.js');

await mkdir(generated, { recursive: true });
await writeSchemas();
// the API can be worked on without the packages of the front end
const hasWebTools = existsSync(path.join(packageRoot, 'node_modules/@graphql-codegen/client-preset'));
const lock = 'package-lock.json';
const models = (await readdir(path.join(packageRoot, 'prisma/models')))
  .sort()
  .map((name) => `prisma/models/${name}`);
await Promise.all([
  ...ENGINES.map((engine) =>
    whenStale(
      engine,
      path.join(generated, engine, 'client.ts'),
      [`prisma/${engine}/schema.prisma`, lock],
      () =>
        run(process.execPath, [prismaCli, 'generate', '--schema', schemaFile(engine)], {
          cwd: packageRoot,
          env: { ...process.env, PARLEY_ENGINE: engine },
        }),
    ),
  ),
  whenStale(
    'tables',
    path.join(generated, 'tables.ts'),
    [...models, 'scripts/tables.ts'],
    () => import('./tables.ts'),
  ),
  whenStale(
    'graphql',
    path.join(generated, 'graphql.ts'),
    [
      'schema.graphql',
      'scripts/graphql-types.ts',
      'scripts/module-types.ts',
      'scripts/connections.ts',
      'scripts/merge-sdl.ts',
      'scripts/module-sdl.ts',
      ...(await readModuleSdl()).map(({ file }) => file),
      ...(await moduleFiles()),
      lock,
    ],
    () => import('./graphql-types.ts'),
  ),
  hasWebTools ? makeWebSources() : null,
]);

async function makeWebSources(): Promise<void> {
  const inputs = [...(await webSources()), 'schema.graphql', lock];
  await whenStale('web', path.join(packageRoot, 'web/src/generated/messages.ts'), inputs, () =>
    run(process.execPath, ['--import', 'tsx', 'web/scripts/generate.ts'], { cwd: packageRoot }),
  );
}
