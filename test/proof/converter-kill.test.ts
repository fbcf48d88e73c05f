// An import of another program's export that is killed at any moment ends as one that never was.
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase, statement } from '../../src/store/index.ts';
import { runCommand, startCommand } from '../support/command.ts';
import { engines, openTestDatabase, temporaryFolder } from '../support/database.ts';
import { exported, recordsIn } from '../transfer/transfers.ts';
import { FORUM_DUMPS, TEXTS } from './forum-dumps.ts';

const KILLS = 3;
/** Far more than an import needs. */
const WAIT_MS_MAX = 60_000;

const importedRows = statement<{ rows: number }>(
  'test.importedRows',
  'SELECT count(*) AS "rows" FROM imported_row',
);
const rowsIn = async (db: Database) => (await db.read.all(importedRows, []))[0]?.rows ?? 0;

const ROW_ID = /"[0-9a-hjkmnp-tv-z]{26}"/g;

/** An export with names in the place of ids, which are drawn by lot, and without the times at which people were added. */
function comparable(text: string): string[] {
  const records = recordsIn(text);
  const names = new Map(
    records.map(({ type, key, title, name, body, discussion }) => [
      `"${key}"`,
      `"${type}: ${type === 'link' ? `${discussion} to ` : ''}${title ?? name ?? body}"`,
    ]),
  );
  const nameOf = (id: string) => names.get(id) ?? id;
  return records
    .map((record) => (record['type'] === 'author' ? { ...record, createdAt: null } : record))
    .map((record) => JSON.stringify(record).replaceAll(ROW_ID, nameOf))
    .map((line) => line.replaceAll(/[0-9a-hjkmnp-tv-z]{26}/g, (id) => nameOf(`"${id}"`)))
    .sort();
}

/** `IMPORT_KILLS=all` takes all formats and both engines, for a quarter of an hour. */
const isAll = process.env['IMPORT_KILLS'] === 'all';
const DUMPS = Object.entries(FORUM_DUMPS).filter(([name]) => isAll || /GitHub|Disqus|Reddit/.test(name));
const ENGINES = isAll ? engines : (['sqlite'] as const);

describe.each(DUMPS)('an import from %s', (_, makeDump) => {
  const folder = temporaryFolder();
  const dump = makeDump();
  const [only = ''] = Object.keys(dump.files);
  const args = [folder.file(dump.isFolder ? 'dump' : `dump/${only}`), ...dump.arguments, '--json'];

  beforeAll(() => {
    mkdirSync(folder.file('dump'));
    for (const [name, text] of Object.entries(dump.files)) writeFileSync(folder.file(`dump/${name}`), text);
  });

  afterAll(() => folder.remove());

  test.each(ENGINES)(
    `is on %s what one that was never killed is, after it was killed ${KILLS} times`,
    async (engine) => {
      const [whole, target] = [await openTestDatabase(engine), await openTestDatabase(engine)];
      await target.db.close();
      const db = await openDatabase(target.url);
      try {
        const { status, stdout } = await runCommand('import', args, { databaseUrl: whole.url });
        const { records, omitted } = JSON.parse(stdout);
        expect([status, omitted]).toEqual([0, {}]);
        const created = { updated: 0, unchanged: 0 };
        expect(records.discussion).toEqual({ ...created, created: TEXTS.discussions });
        expect(records.comment).toEqual({ ...created, created: TEXTS.comments });
        const total = await rowsIn(whole.db);
        const stored: number[] = [0];
        for (let kill = 1; kill <= KILLS; kill++) {
          const until = (total * (kill - 1 + Math.random())) / (KILLS + 2);
          const child = startCommand('import', args, { databaseUrl: target.url });
          const ended = once(child, 'exit');
          const giveUp = Date.now() + WAIT_MS_MAX;
          while ((await rowsIn(db)) < until && child.exitCode === null && Date.now() < giveUp) await sleep(3);
          child.kill('SIGKILL');
          expect((await ended)[1]).toBe('SIGKILL');
          stored.push(await rowsIn(db));
        }
        expect(stored).toEqual(stored.toSorted((a, b) => a - b));
        expect(stored.at(-1)).toBeGreaterThan(0);
        expect(stored.at(-1)).toBeLessThan(total);
        const last = await runCommand('import', args, { databaseUrl: target.url });
        expect([last.status, JSON.parse(last.stdout).omitted]).toEqual([0, {}]);
        expect(comparable(await exported(target.url))).toEqual(comparable(await exported(whole.url)));
        const doctor = await runCommand('doctor', [], { databaseUrl: target.url });
        expect([doctor.status, doctor.stdout]).toEqual([0, expect.stringContaining('everything agrees')]);
      } finally {
        await db.close();
        await target.close();
        await whole.close();
      }
    },
    180_000,
  );
});
