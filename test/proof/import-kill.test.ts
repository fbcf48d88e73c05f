// An import that is killed at any moment goes on where it was when it is started again, and doubles nothing.
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase, statement } from '../../src/store/index.ts';
import { runCommand, startCommand } from '../support/command.ts';
import { engines, openTestDatabase, temporaryFolder } from '../support/database.ts';
import { exported, imported, linesOf } from '../transfer/transfers.ts';

const KILLS = 5;
const DISCUSSIONS = 400;
/** Far more than an import needs. */
const WAIT_MS_MAX = 60_000;

const at = (minute: number) => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString();

/** Discussions with nested comments, votes and answers, as no forum of ours has them: their keys are no row ids. */
function* records(): Generator<object> {
  for (let n = 0; n < 20; n++) yield { type: 'author', key: `old:user:${n}`, name: `Person ${n}` };
  for (let n = 0; n < DISCUSSIONS; n++) {
    const discussion = `old:topic:${n}`;
    const author = `old:user:${n % 20}`;
    yield {
      type: 'discussion',
      key: discussion,
      title: `Topic ${n % 50}`,
      body: `Text ${n}`,
      author,
      createdAt: at(n),
    };
    for (let c = 0; c < 5; c++)
      yield {
        ...{
          type: 'comment',
          key: `old:post:${n}-${c}`,
          discussion,
          body: `Post ${c} of ${n}`,
          createdAt: at(n + c),
        },
        ...(c > 2 && { replyTo: `old:post:${n}-${c - 2}` }),
      };
    yield {
      type: 'vote',
      comment: `old:post:${n}-0`,
      author: `old:user:${(n + 1) % 20}`,
      value: 1,
      createdAt: at(n + 9),
    };
    yield { type: 'answer', discussion, comment: `old:post:${n}-1` };
  }
}

const importedRows = statement<{ rows: number }>(
  'test.importedRows',
  'SELECT count(*) AS "rows" FROM imported_row',
);
const rowsIn = async (db: Database) => (await db.read.all(importedRows, []))[0]?.rows ?? 0;

describe.each(engines)('an import on %s', (engine) => {
  const folder = temporaryFolder();
  const file = folder.file('forum.jsonl');
  let whole: string;

  beforeAll(async () => {
    const source = await openTestDatabase(engine);
    await imported(source.db, linesOf([...records()]));
    whole = await exported(source.url);
    await source.close();
    await writeFile(file, whole);
  });

  afterAll(() => folder.remove());

  test(`is complete and has nothing twice after it was killed ${KILLS} times`, async () => {
    const target = await openTestDatabase(engine);
    await target.db.close();
    const total = whole.split('\n').length - 2;
    const db = await openDatabase(target.url);
    try {
      for (let kill = 1; kill <= KILLS; kill++) {
        const until = (total * kill) / (KILLS + 2);
        const child = startCommand('import', [file], { databaseUrl: target.url });
        const ended = once(child, 'exit');
        const giveUp = Date.now() + WAIT_MS_MAX;
        while ((await rowsIn(db)) < until && child.exitCode === null && Date.now() < giveUp) await sleep(5);
        child.kill('SIGKILL');
        const [, signal] = await ended;
        expect(signal).toBe('SIGKILL');
        const stored = await rowsIn(db);
        expect(stored).toBeGreaterThanOrEqual(until);
        expect(stored).toBeLessThan(total);
      }
      const { status, stdout } = await runCommand('import', [file, '--json'], { databaseUrl: target.url });
      expect(status).toBe(0);
      const { records: counts, omitted } = JSON.parse(stdout);
      expect(omitted).toEqual({});
      expect(counts.comment.unchanged).toBeGreaterThan(0);
      expect(counts.comment.unchanged + counts.comment.created).toBe(DISCUSSIONS * 5);
      expect(await exported(target.url)).toBe(whole);
      const doctor = await runCommand('doctor', [], { databaseUrl: target.url });
      expect([doctor.status, doctor.stdout]).toEqual([0, expect.stringContaining('everything agrees')]);
    } finally {
      await db.close();
      await target.close();
    }
  });
});
