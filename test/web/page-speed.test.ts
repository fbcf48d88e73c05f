import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';

test('the command that measures a page compares it with templates that make the same HTML', async () => {
  const script = path.join(packageRoot, 'web/scripts/page-speed.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, '1', '2'], {
    cwd: packageRoot,
  });
  const rows = stdout.trim().split('\n');
  expect(rows.map((row) => row.replace(/-?\d+\.\d\d/g, 'N'))).toEqual([
    '| the page with its data, over HTTP | N | N |',
    '| of it, rendering | N | N |',
    '| template strings that make the same HTML | N | N |',
  ]);
});
