// Adds to schema.graphql what its connections lack: see connections.ts.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { completeConnections } from './connections.ts';

const file = path.join(packageRoot, 'schema.graphql');
await writeFile(file, completeConnections(await readFile(file, 'utf8')));
