// What `npm start` runs: the server's bundle in dist/, and the playground beside it. What is up to date is left as it
// is, so that a second start only has to see that.
import { bundleServer } from './bundle.ts';
import { buildPlayground } from './playground.ts';

await import('./generate.ts');
await Promise.all([bundleServer(), buildPlayground()]);
