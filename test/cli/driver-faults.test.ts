import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { messageForOperator, StartError } from '../../src/start-error.ts';

const thrownBy = (work: () => void): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
};

test('a driver of another system is one sentence that names it', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-driver-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['some-driver', '@scope/driver']) {
    const file = path.join(folder, 'node_modules', name, 'build/Release/driver.node');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'not a library');
    const error = thrownBy(() => process.dlopen({ exports: {} }, file));
    expect(messageForOperator(error)).toBe(`${name} was compiled for another system: run npm rebuild.`);
  }
});

test('a driver of another version of Node.js, and one that is not compiled, are one sentence', () => {
  const other = Object.assign(
    new Error(
      "The module '/app/node_modules/better-sqlite3/build/Release/better_sqlite3.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 115. This version of Node.js requires\nNODE_MODULE_VERSION 127.",
    ),
    { code: 'ERR_DLOPEN_FAILED' },
  );
  expect(messageForOperator(other)).toBe(
    'better-sqlite3 was compiled for another version of Node.js: run npm rebuild.',
  );
  const missing = new Error(
    'Could not locate the bindings file. Tried:\n → /app/node_modules/better-sqlite3/build/better_sqlite3.node',
  );
  expect(messageForOperator(missing)).toBe('better-sqlite3 is not compiled: run npm rebuild.');
});

test('a StartError is its message, and any other error is not for the operator', () => {
  expect(messageForOperator(new StartError('The port is in use.'))).toBe('The port is in use.');
  expect(messageForOperator(new Error('a fault in node_modules/x/y.node'))).toBe(null);
});
