// dist/ from the sources: the program's bundle, and the playground unless `--server-only` is given. What is up to date
// is left as it is, so that a second start only has to see that. scripts/ensure-built.js runs this.
import { bundleServer } from './bundle.ts';
import { buildPlayground } from './playground.ts';

await import('./generate.ts');
await Promise.all([bundleServer(), process.argv.includes('--server-only') || buildPlayground()]);
