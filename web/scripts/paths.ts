import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package. */
export const webRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** A copy of this folder alone has the schema beside its package.json; inside the project it is the project's. */
export const schemaFile = [
  path.join(webRoot, 'schema.graphql'),
  path.join(webRoot, '../schema.graphql'),
].find((file) => existsSync(file)) as string;

export const generatedFolder = path.join(webRoot, 'src/generated');
