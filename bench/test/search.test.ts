import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, test } from 'vitest';
import { assertSameWork } from '../equality.ts';
import { ask } from '../load.ts';
import { buildPrograms, FLOOR_SEARCH, PARLEY } from '../programs.ts';
import { searchBodies, wordsOf } from '../search.ts';
import { start, stopAll } from '../servers.ts';
import { makeCopies } from '../targets.ts';
import { generateTiny, makeFolder } from './tiny.ts';

test('the floor of the search answers with what Parley answers with', async () => {
  const copies = await makeCopies(await generateTiny(path.join(makeFolder(), 'forum.db'), 1));
  await buildPrograms();
  const db = new SqliteDatabase(copies.file);
  const words = wordsOf(db);
  db.prepare(
    `UPDATE comment SET deleted_at = created_at WHERE id IN (SELECT id FROM comment LIMIT 300)`,
  ).run();
  db.close();
  const [floor, parley] = [
    await start(FLOOR_SEARCH, copies.another()),
    await start(PARLEY, copies.another()),
  ];
  for (const word of Object.values(words)) {
    const own = await ask(parley.url, { body: searchBodies.parley(word) });
    const theirs = await ask(floor.url, { body: searchBodies.floor(word) });
    assertSameWork(word, own, theirs);
    expect(() => assertSameWork(`not ${word}`, own, theirs)).toThrow('has the highlights');
  }
  await stopAll([floor, parley]);
}, 300_000);

test('another number of results is not the same work', () => {
  const textMatches = [
    { property: 'title', fragment: 'one', highlights: [{ beginIndice: 0, endIndice: 3 }] },
  ];
  const answer = (ids: readonly string[]) =>
    JSON.stringify({
      data: { search: { nodes: ids.map((id) => ({ subject: { id, title: 'one' }, textMatches })) } },
    });
  expect(() => assertSameWork('one', answer(['a']), answer(['a', 'b']))).toThrow('1 results, not 2');
  expect(() => assertSameWork('one', answer(['a']), answer(['b']))).toThrow('a is found, not b');
});
