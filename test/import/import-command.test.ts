import { once } from 'node:events';
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, migrate, openDatabase } from '../../src/store/index.ts';
import { runCommand, startCommand } from '../support/command.ts';
import { temporaryFolder } from '../support/database.ts';
import { threadDocument } from '../support/documents.ts';

let folder: ReturnType<typeof temporaryFolder>;
let url: string;

beforeEach(async () => {
  folder = temporaryFolder();
  url = `file:${folder.file('forum.db')}`;
});
afterEach(() => folder.remove());

const start = (command: 'import' | 'doctor', ...args: string[]) =>
  startCommand(command, args, { databaseUrl: url, from: folder.path });
const run = (command: 'import' | 'doctor', ...args: string[]) =>
  runCommand(command, args, { databaseUrl: url, from: folder.path });

function write(name: string, content: string | Buffer): string {
  writeFileSync(folder.file(name), content);
  return name;
}

async function withDatabase<T>(use: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(url);
  try {
    return await use(db);
  } finally {
    await db.close();
  }
}

const small = (title: string) => threadDocument({ title, comments: [{ body: 'a' }] });

test('import reads files and folders, prints a line for each file, and continues after a failure', async () => {
  mkdirSync(folder.file('many/below'), { recursive: true });
  write('many/b.md', small('Second'));
  write('many/a.txt', threadDocument({ title: 'First' }));
  write('many/below/c.MD', small('Third'));
  write('many/note.json', 'left alone');
  write('many/broken.md', '# Title only');
  write('binary', Buffer.from([0x23, 0x20, 0xff, 0xfe]));
  write('many/d.markdown', small('Fourth'));
  write('many/e.mdown', small('Fifth'));
  symlinkSync('..', folder.file('many/below/up'));
  symlinkSync('a.txt', folder.file('many/0.md'));
  symlinkSync('gone.md', folder.file('many/broken-link.md'));
  mkdirSync(folder.file('elsewhere'));
  write('elsewhere/f.md', small('Sixth'));
  symlinkSync('../elsewhere', folder.file('many/linked'));
  const { status, stdout, stderr } = await run('import', 'many', 'binary', 'nowhere.md');
  const skipped = ['broken-link.md', 'note.json'].map((name) => `skipped: ${folder.file(`many/${name}`)}\n`);
  expect(stderr).toContain(skipped.join(''));
  expect(stdout.replaceAll(`${folder.path}/`, '')).toBe(
    [
      'created: First (0 comments)',
      'created: Second (1 comment)',
      'created: Third (1 comment)',
      'failed: many/broken.md:1: this is not a thread document: it has no "##### Post Metadata", "## Comments" or related link.',
      'created: Fourth (1 comment)',
      'created: Fifth (1 comment)',
      'created: Sixth (1 comment)',
      'failed: binary:1: the file is not a text in UTF-8.',
      'failed: nowhere.md: the file does not exist.',
      '6 created, 0 updated, 0 unchanged, 3 failed.',
      '',
    ].join('\n'),
  );
  expect(status).toBe(1);
});

test('import into a closed pipe ends quietly, and stores everything', async () => {
  for (let i = 0; i < 5; i++) write(`${i}.md`, small(`Piped ${i}`));
  const child = start('import', folder.path);
  child.stdout?.destroy();
  let stderr = '';
  child.stderr?.on('data', (chunk) => (stderr += chunk));
  const [status] = await once(child, 'close');
  expect([status, stderr.replaceAll(/^skipped: .*\n/gm, '')]).toEqual([0, '']);
  expect(await withDatabase((db) => db.write((tx) => tx.discussion.count()))).toBe(5);
});

test('import --json prints one object, and documents date from the time of their files', async () => {
  write('a.md', small('Aged'));
  const changed = new Date('2024-05-05T00:00:00Z');
  utimesSync(folder.file('a.md'), changed, changed);
  const { status, stdout } = await run('import', 'a.md', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ...{ created: 1, updated: 0, unchanged: 0, failed: 0 },
    files: [{ file: folder.file('a.md'), status: 'created', title: 'Aged', commentCount: 1, warnings: [] }],
  });
  const stored = await withDatabase((db) => db.write((tx) => tx.discussion.findFirstOrThrow()));
  expect(stored.createdAt).toEqual(new Date('2024-05-02T00:00:30Z'));
});

test('import --as-of counts back from that date, and warnings go to stderr', async () => {
  write('a.md', threadDocument({ title: 'Dated', postedAt: '1 minute', more: ['Mood: odd'] }));
  const { status, stderr } = await run('import', 'a.md', '--as-of', '2020-01-01');
  expect(status).toBe(0);
  expect(stderr).toContain(`${folder.file('a.md')}:7: "Mood" is metadata that the forum has no field for`);
  const stored = await withDatabase((db) => db.write((tx) => tx.discussion.findFirstOrThrow()));
  expect(stored.createdAt.toISOString()).toBe('2019-12-31T23:59:00.000Z');
});

test("a folder's file captured-at says from when its documents count back, and is not reported", async () => {
  mkdirSync(folder.file('threads'));
  write('threads/a.md', threadDocument({ title: 'Dated', postedAt: '1 minute' }));
  write('threads/captured-at', '2020-01-01\n');
  expect(await run('import', 'threads')).toMatchObject({ status: 0, stderr: '' });
  const stored = await withDatabase((db) => db.write((tx) => tx.discussion.findFirstOrThrow()));
  expect(stored.createdAt.toISOString()).toBe('2019-12-31T23:59:00.000Z');
  write('threads/captured-at', 'monday');
  expect((await run('import', 'threads')).stdout).toContain('captured-at must contain an ISO 8601 date.');
});

test.each([
  ['no file', [], 'FILE is missing.'],
  ['a date that is none', ['a.md', '--as-of', 'monday'], '--as-of must be a date'],
])('import with %s ends with one sentence and writes nothing', async (_, args, sentence) => {
  const { status, stdout, stderr } = await run('import', ...args);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(sentence);
});

test('a file of 20 MB is stored, and one that is too large is refused with one sentence', async () => {
  const code = `\`\`\`
${'A line of a log, as people paste them into answers.\n'.repeat(1_000)}\`\`\``;
  const comments = Array.from({ length: 400 }, (_, i) => ({ body: `${i}\n\n${code}` }));
  write('large.md', threadDocument({ title: 'Large', comments }));
  write('huge.md', `# Huge\n\n## Comments\n${'x'.repeat(33 * 2 ** 20)}`);
  const { status, stdout } = await run('import', 'large.md', 'huge.md');
  expect(stdout).toContain('created: Large (400 comments)');
  expect(stdout).toContain('huge.md:1: a document can have 32 MB');
  expect(status).toBe(1);
}, 120_000);

test('an import that is killed leaves each document complete or absent', async () => {
  await migrate(url);
  const comments = Array.from({ length: 120 }, (_, i) => ({ body: `comment ${i}` }));
  for (let i = 0; i < 20; i++) write(`${i}.md`, threadDocument({ title: `Document ${i}`, comments }));
  let stored = 0;
  for (let round = 0; round < 2; round++) {
    const child = start('import', folder.path);
    // after a document of this round is stored, and somewhere in the middle of another one
    child.stdout?.on('data', (chunk) => {
      if (String(chunk).includes('created')) setTimeout(() => child.kill('SIGKILL'), 20 + 60 * round);
    });
    await once(child, 'close');
    const discussions = await withDatabase((db) =>
      db.write((tx) => tx.discussion.findMany({ include: { _count: { select: { comments: true } } } })),
    );
    for (const discussion of discussions) {
      expect([discussion.commentCount, discussion._count.comments]).toEqual([120, 120]);
    }
    expect(discussions.length).toBeGreaterThan(stored);
    stored = discussions.length;
  }
  expect(stored).toBeLessThan(20);
  expect((await run('doctor')).stdout).toContain(
    `Examined ${stored} discussions and ${stored * 120} comments: everything agrees.`,
  );
  const last = await run('import', folder.path);
  expect(last.stdout).toContain(`${20 - stored} created, 0 updated, ${stored} unchanged, 0 failed.`);
}, 120_000);
