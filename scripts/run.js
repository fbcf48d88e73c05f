// What the scripts of package.json run: `node scripts/run.js COMMAND …` builds the program if its sources have changed,
// and becomes it. The scripts start with `exec`, so that no shell stands between npm and the server: a signal to npm
// reaches the server, and its exit status is npm's.
import { fileURLToPath } from 'node:url';
import { ensureBuilt, orExit } from './ensure-built.js';

await orExit(() => ensureBuilt({ serverOnly: process.argv[2] !== 'serve' }));
const program = new URL('../bin/parley.js', import.meta.url);
process.argv[1] = fileURLToPath(program); // what worker processes are started with
await import(program.href);
