// build.ts [FOLDER]: bundles the front end into FOLDER, or into dist/ of this package, which `npm start` here runs.
import path from 'node:path';
import { bundleWeb } from './bundle.ts';
import { generate } from './generate.ts';
import { webRoot } from './paths.ts';

await generate();
await bundleWeb(process.argv[2] ?? path.join(webRoot, 'dist'));
