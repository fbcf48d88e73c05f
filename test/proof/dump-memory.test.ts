import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { SOURCES } from '../../src/transfer/index.ts';
import { runCommand } from '../support/command.ts';
import { openTestDatabase, temporaryFolder } from '../support/database.ts';

/** Of Posts.xml. A converter that kept its texts would keep this much and more. */
const MEGABYTES = 40;
const KEPT_MEGABYTES_MAX = 10;
/** Of an import, whose memory is at its usual size after a few megabytes. docs/moving.md has what 1 GB takes. */
const IMPORTED_MEGABYTES = Number(process.env['DUMP_MEGABYTES'] ?? 8);
const PEAK_MEGABYTES_MAX = 300;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapMegabytes = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

/** Writes a dump in a process of its own. */
async function writeDump(folder: string, megabytes: number): Promise<void> {
  const script = ['--import', 'tsx', 'scripts/stack-exchange-dump.ts', folder, String(megabytes)];
  await promisify(execFile)(process.execPath, script);
}

/** Runs in the command's process: says the highest memory that it had. */
const REPORT = `process.on('exit', () => {
  process.stderr.write('peak ' + Math.round(process.resourceUsage().maxRSS / 1024) + ' MB');
})`;

test('a converter of a large dump keeps numbers and titles of linked questions, never the texts', async () => {
  const folder = temporaryFolder();
  try {
    await writeDump(folder.file('dump'), MEGABYTES);
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

test('an import of a dump has less than 300 MB, all of its process', async () => {
  const folder = temporaryFolder();
  const { url: databaseUrl, close } = await openTestDatabase('sqlite');
  try {
    await writeDump(folder.file('old.example'), IMPORTED_MEGABYTES);
    const settings = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(REPORT)}` };
    const args = [folder.file('old.example'), '--from', 'stackexchange', '--json'];
    const { status, stdout, stderr } = await runCommand('import', args, { databaseUrl, settings });
    expect(status).toBe(0);
    expect(JSON.parse(stdout).records.discussion.created).toBeGreaterThan(100 * IMPORTED_MEGABYTES);
    expect(Number(/peak (\d+) MB$/.exec(stderr)?.[1])).toBeLessThan(PEAK_MEGABYTES_MAX);
  } finally {
    await close();
    folder.remove();
  }
}, 7_200_000);
