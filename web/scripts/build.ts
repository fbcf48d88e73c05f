// dist/ of this package alone: what `npm start` here runs.
import path from 'node:path';
import { bundleWeb } from './bundle.ts';
import { generate } from './generate.ts';
import { webRoot } from './paths.ts';

await generate();
await bundleWeb(path.join(webRoot, 'dist'));
