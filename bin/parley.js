#!/usr/bin/env node
// The program `parley`, from the build in dist/. What it says without a build must run on any version of Node.js.
import { existsSync } from 'node:fs';

const built = new URL('../dist/parley.js', import.meta.url);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Parley requires Node.js 20.19 or newer; this is ${process.versions.node}.`);
} else if (!existsSync(built)) {
  fail('Parley is not built: run npm run build in its folder.');
} else {
  await import(built.href);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
