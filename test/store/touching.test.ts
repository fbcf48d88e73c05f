import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertRow, type Touched, updateRows } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { author } from './open-client.ts';

describe.each(engines)('what a commit on %s has touched', (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    await opened.db.transaction((tx) => insertRow(tx, 'author', author(1)));
  });
  afterAll(() => opened.close());
  const { id } = author(1);
  const rename = (name: string) =>
    opened.db.transaction(async (tx) => updateRows(tx, 'author', { id }, { name }));

  test('is asked of the store only while somebody listens', async () => {
    const asked: string[] = [];
    const stop = opened.db.onStatement((sql) => asked.push(sql));
    await rename('Unheard');
    const told: Touched[] = [];
    const deafen = opened.db.onCommit((touched) => told.push(touched));
    await rename('Heard');
    deafen();
    await rename('Unheard again');
    stop();
    expect(asked.map((sql) => / RETURNING id\b/.test(sql))).toEqual([false, true, false]);
    expect(told.map((touched) => touched !== 'ALL' && touched.has(id))).toEqual([true]);
  });

  test('is everything to whoever comes to listen while it is under way', async () => {
    const told: Touched[] = [];
    let deafen = () => {};
    const changed = await opened.db.transaction(async (tx) => {
      deafen = opened.db.onCommit((touched) => told.push(touched));
      return updateRows(tx, 'author', { id }, { name: 'Half-way' });
    });
    deafen();
    expect(changed).toBe(1);
    expect(told).toEqual(['ALL']);
  });

  test('is noted only of the tables that somebody listens to, and is everything to whoever then listens to more', async () => {
    const asked: string[] = [];
    const stop = opened.db.onStatement((sql) => asked.push(sql));
    const [few, other, all]: Touched[][] = [[], [], []];
    const deafen = opened.db.onCommit((touched) => few?.push(touched), new Set(['author', 'session']));
    await rename('Heard');
    await opened.db.transaction(async (tx) => {
      await insertRow(tx, 'tag', { id: `${'0'.repeat(25)}t`, slug: `tag-${engine}`, name: 'A tag' });
      await updateRows(tx, 'tag', { slug: `tag-${engine}` }, { name: 'The tag' });
    });
    expect(few?.map((touched) => touched !== 'ALL' && touched.has(id))).toEqual([true]);
    expect(asked.filter((sql) => sql.includes(' RETURNING '))).toEqual([
      expect.stringMatching(/^UPDATE author /),
    ]);
    // nor of others where somebody else hears of everything
    const everything = opened.db.onCommit(() => {});
    await opened.db.transaction(async (tx) =>
      updateRows(tx, 'tag', { slug: `tag-${engine}` }, { name: 'A tag again' }),
    );
    everything();
    expect(few).toHaveLength(1);
    const stops: (() => void)[] = [];
    await opened.db.transaction(async (tx) => {
      stops.push(opened.db.onCommit((touched) => other?.push(touched), new Set(['tag'])));
      stops.push(opened.db.onCommit((touched) => all?.push(touched)));
      return updateRows(tx, 'author', { id }, { name: 'Half-way' });
    });
    for (const one of [...stops, deafen, stop]) one();
    expect([few?.length, other, all]).toEqual([2, ['ALL'], ['ALL']]);
    expect(few?.[1]).not.toBe('ALL');
  });
});
