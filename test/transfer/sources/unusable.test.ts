import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { runCommand } from '../../support/command.ts';
import { temporaryFolder } from '../../support/database.ts';
import { converted } from './dumps.ts';

const REASON = 'there is nothing in it to import: is it an export of the kind that --from names?';
const refusal = JSON.stringify({ message: 'no', errors: [{ message: 'Bad credentials' }] });
const records = '{"type":"forum","version":2}\n{"type":"tag","key":"a","name":"A"}\n';

test.each([
  ['github', 'a.json', refusal],
  ['github', 'a.json', JSON.stringify({ title: 'Of something else', body: 'x' })],
  ['reddit', 'a.json', records],
  ['reddit', 'a.json', refusal],
  ['discourse', 'a.json', refusal],
])('a file that is not of %s is refused', async (kind, name, text) => {
  await expect(converted(kind, { [name]: text })).rejects.toThrow(REASON);
});

test('the import of such a file fails, and says what stood in it', async () => {
  const folder = temporaryFolder();
  try {
    const file = folder.file('a.json');
    await writeFile(file, JSON.stringify({ title: 'Of something else', body: 'x' }));
    const databaseUrl = `file:${folder.file('forum.db')}`;
    const { status, stdout, stderr } = await runCommand('import', ['--from', 'github', file], {
      databaseUrl,
    });
    expect([status, stderr]).toEqual([1, `${file}: ${REASON}\n`]);
    expect(stdout).toContain(`first at ${file}:1 (discussion without an id)`);
    expect(stdout).toMatch(/\n0 created, 0 updated, 0 unchanged, 1 remark, in /);
  } finally {
    folder.remove();
  }
});
