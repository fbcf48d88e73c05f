import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { page, withTable } from './flow-table.ts';

test('docs/clients.md says which flows are tried (WRITE_CLIENTS=on writes it)', async () => {
  const text = await readFile(page, 'utf8');
  if (process.env['WRITE_CLIENTS'] === 'on') await writeFile(page, withTable(text));
  else expect(text).toBe(withTable(text));
});
