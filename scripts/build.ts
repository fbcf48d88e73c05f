// dist/ from the sources: the program's bundle, and unless `--server-only` is given the playground and the front end. What is up to date
// is left as it is, so that a second start only has to see that. scripts/ensure-built.js runs this.
import { bundleServer } from './bundle.ts';
import { buildPlayground } from './playground.ts';
import { buildWeb } from './web.ts';

await import('./generate.ts');
const pages = process.argv.includes('--server-only') ? [] : [buildPlayground(), buildWeb()];
await Promise.all([bundleServer(), ...pages]);
