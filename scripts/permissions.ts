// Writes docs/permissions.md from the rules.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { PERMISSIONS_FILE, permissionsPage } from './permissions/table.ts';

await writeFile(path.join(packageRoot, PERMISSIONS_FILE), permissionsPage());
