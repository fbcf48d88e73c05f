import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { SOURCES } from '../../src/transfer/index.ts';
import { temporaryFolder } from '../support/database.ts';

/** Of Posts.xml. A converter that kept its texts would keep this much and more. */
const MEGABYTES = 40;
const KEPT_MEGABYTES_MAX = 10;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapMegabytes = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

test('a converter of a large dump keeps numbers and titles of linked questions, never the texts', async () => {
  const folder = temporaryFolder();
  try {
    const script = [
      '--import',
      'tsx',
      'scripts/stack-exchange-dump.ts',
      folder.file('dump'),
      String(MEGABYTES),
    ];
    await promisify(execFile)(process.execPath, script);
    const source = await SOURCES['stackexchange']?.open(folder.file('dump'), { site: 'old.example' });
    const before = heapMegabytes();
    let [kept, comments] = [0, 0];
    for await (const item of source ?? []) {
      if (!('record' in item) || item.record.type !== 'comment') continue;
      // the questions have been read, and links refer to their titles
      if (comments++ % 20_000 === 0) kept = Math.max(kept, heapMegabytes() - before);
    }
    expect(comments).toBeGreaterThan(40_000);
    expect(kept).toBeLessThan(KEPT_MEGABYTES_MAX);
  } finally {
    folder.remove();
  }
}, 120_000);
