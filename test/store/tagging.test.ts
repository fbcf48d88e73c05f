import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { change, type InvalidatedTags, insertRow, statement, updateRows } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { author } from './open-client.ts';

const id = (letter: string) => letter.repeat(26);
const link = {
  ...{
    id: id('a'),
    discussionId: id('d'),
    position: 0,
    source: 'CURATED' as const,
    title: 'T',
    url: 'u',
    titleKey: 't',
  },
  createdAt: new Date(0),
};
const LINK = statement<{ id: string; targetId: string | null }>(
  'test.link',
  'SELECT id, target_id AS "targetId" FROM related_link WHERE id = ?',
);
const RETARGET = change('test.retarget', 'UPDATE related_link SET target_id = ? WHERE id = ?', {
  table: 'related_link',
  sets: ['target_id'],
  by: ['target_id', 'id'],
});

describe.each(engines)('what a commit on %s invalidates', (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    await opened.db.transaction(async (tx) => {
      await insertRow(tx, 'author', author(1));
      for (const one of ['d', 'e', 'f'])
        await insertRow(tx, 'discussion', {
          ...{ id: id(one), slug: one, title: one, body: '', bodyHtml: '', bodyText: '', titleKey: one },
          ...{ createdAt: new Date(0), lastActivityAt: new Date(0) },
        });
      await insertRow(tx, 'related_link', link);
    });
  });
  afterAll(() => opened.close());
  const rename = (name: string) =>
    opened.db.transaction(async (tx) => updateRows(tx, 'author', { id: author(1).id }, { name }));
  async function invalidatedBy(work: () => Promise<unknown>): Promise<InvalidatedTags> {
    const all: InvalidatedTags[] = [];
    const stop = opened.db.onCommit((tags) => all.push(tags));
    await work();
    stop();
    expect(all).toHaveLength(1);
    return all[0] ?? 'ALL';
  }

  test('is its rows, and the lists that they are found in with the columns that it sets', async () => {
    const tags = await invalidatedBy(() => rename('Renamed'));
    expect(tags).toEqual(
      new Map([
        [author(1).id, []],
        ['author@*', ['name']],
      ]),
    );
    const tag = { id: id('t'), slug: `tag-${engine}`, name: 'A tag' };
    const added = await invalidatedBy(() => opened.db.transaction((tx) => insertRow(tx, 'tag', tag)));
    expect(added).toEqual(
      new Map([
        [tag.id, []],
        ['tag@*', ['*']],
        [`tag@${tag.slug}`, ['*']],
      ]),
    );
  });

  test('is the list that a row has left too, if the row was read before, and everything if it was not', async () => {
    const retarget = (to: string, readsBefore: boolean) =>
      invalidatedBy(() =>
        opened.db.transaction(async (tx) => {
          if (readsBefore) await tx.all(LINK, [link.id]);
          return tx.run(RETARGET, [to, link.id]);
        }),
      );
    expect(await retarget(id('e'), false)).toBe('ALL');
    const tags = await retarget(id('f'), true);
    expect([...tags].filter(([tag]) => String(tag).startsWith('related_link@')).sort()).toEqual(
      ['*', id('d'), id('e'), id('f')].map((value) => [`related_link@${value}`, ['target_id']]),
    );
  });

  test('is the same for a listener that is added while the transaction runs', async () => {
    const announced: InvalidatedTags[] = [];
    let stop = () => {};
    await opened.db.transaction(async (tx) => {
      stop = opened.db.onCommit((tags) => announced.push(tags));
      return updateRows(tx, 'author', { id: author(1).id }, { name: 'Half-way' });
    });
    stop();
    const rows = new Map([
      [author(1).id, []],
      ['author@*', ['name']],
    ]);
    expect(announced).toEqual([rows]);
  });
});
