import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  findIndexFault,
  findIndexFlaws,
  type IndexFlaw,
  mendIndexFlaw,
  reindex,
} from '../../../src/forum/search/index.ts';
import { change, statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import type { Forum } from '../../support/forum.ts';
import { openSearchForum } from './search-forum.ts';

const forgetEntry = change('test.forgetEntry', 'DELETE FROM search_entry WHERE row_id = ?', {
  ...{ table: 'search_entry', sets: null, by: ['row_id'] },
});
const misplace = change('test.misplace', 'UPDATE comment SET created_at = ? WHERE id = ?', {
  ...{ table: 'comment', sets: ['created_at'], by: ['created_at', 'id'] },
});
const outdate = change('test.outdate', "UPDATE search_state SET fingerprint = 'older'", {
  ...{ table: 'search_state', sets: ['fingerprint'], by: [] },
});
const forgetTerms = change(
  'test.forgetTerms',
  'DELETE FROM search_comment_text WHERE n = (SELECT e.n FROM search_entry e WHERE e.row_id = ?)',
  { table: 'search_comment_text', sets: null, by: [null] },
);
const interrupt = change('test.interrupt', "UPDATE search_state SET resume_after = 'discussion '", {
  ...{ table: 'search_state', sets: ['resume_after'], by: [] },
});
const strayTerms = statement<{ n: number }>(
  'test.strayTerms',
  'SELECT t.n FROM search_comment_text t WHERE NOT EXISTS (SELECT 1 FROM search_entry e WHERE e.n = t.n)',
);

describe.each(engines)('the search index on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openSearchForum(engine);
  });
  afterAll(() => forum.close());

  const idsOf = async (q: string): Promise<string[]> => {
    const { data } = await forum.ask(
      'query ($q: String!) { search(query: $q, first: 100) { suggestion nodes { subject { ... on Discussion { id } ... on Comment { id } } } } }',
      { q },
    );
    return [
      data.search.suggestion,
      ...data.search.nodes.map(({ subject }: { subject: { id: string } }) => subject.id),
    ];
  };
  const queries = ['kubernetes ', 'in:title how', '数据库 ', 'kuberntes ', '-kubernetes', 'node'];
  const all = async () => Promise.all(queries.map(idsOf));
  const flaws = async () => {
    const found: IndexFlaw[] = [];
    for await (const flaw of findIndexFlaws(forum.db)) found.push(flaw);
    return found;
  };

  test('is the same after it is made anew, and stops and goes on where it was', async () => {
    expect(await findIndexFault(forum.db)).toBeNull();
    expect(await flaws()).toEqual([]);
    const before = await all();
    expect(await reindex(forum.db)).toEqual({ texts: 10, isResumed: false });
    expect(await all()).toEqual(before);
    const stop = new Error('stop');
    await expect(
      reindex(forum.db, () => {
        throw stop;
      }),
    ).rejects.toBe(stop);
    expect(await findIndexFault(forum.db)).toBe('The last reindexing was not finished');
    // a text that is written meanwhile is in the index once
    const { data } = await forum
      .as('ada')
      .do('createDiscussion', { title: 'Meanwhile', body: 'x' }, 'discussion { id }');
    expect(await reindex(forum.db)).toEqual({ texts: 5, isResumed: true });
    expect(await findIndexFault(forum.db)).toBeNull();
    expect(await idsOf('meanwhile ')).toEqual([null, data.createDiscussion.discussion.id]);
    await forum
      .as('ada')
      .do('deleteDiscussion', { discussionId: data.createDiscussion.discussion.id }, 'deletedDiscussionId');
    expect(await flaws()).toEqual([]);
  });

  test('is noticed if it was made of other terms', async () => {
    await forum.db.transaction(async (tx) => tx.run(outdate, []));
    expect(await findIndexFault(forum.db)).toBe('The search index was made by another version');
    await reindex(forum.db);
    expect(await findIndexFault(forum.db)).toBeNull();
  });

  test('is mended where a text is missing or elsewhere', async () => {
    const [, ...comments] = await idsOf('in:comments kubernetes ');
    const ids = comments.map((id) => id.slice(2));
    await forum.db.transaction(async (tx) => {
      await tx.run(forgetEntry, [ids[0] ?? '']);
      await tx.run(misplace, [new Date('2020-01-01'), ids[1] ?? '']);
    });
    const found = await flaws();
    expect(found.map(({ id, message }) => [id, message]).sort()).toEqual(
      [
        [ids[0], 'it is not in the search index'],
        [ids[1], 'it is in the search index at another time'],
      ].sort(),
    );
    for (const flaw of found) await mendIndexFlaw(forum.db, flaw);
    expect(await flaws()).toEqual([]);
    expect((await idsOf('in:comments kubernetes ')).sort()).toEqual([null, ...comments].sort());
    expect(await idsOf('created:<2021-01-01 kubernetes ')).toEqual([null, comments[1]]);
  });

  // writers do not wait there while the tables are emptied one after the other
  test.runIf(engine === 'postgres')('is whole if texts were written while it was emptied', async () => {
    const [, ...comments] = await idsOf('in:comments kubernetes ');
    const [written = '', edited = ''] = comments.map((id) => id.slice(2));
    await forum.db.transaction(async (tx) => {
      await tx.run(interrupt, []);
      await tx.run(forgetTerms, [written]);
      await tx.run(forgetEntry, [edited]);
      await tx.run(misplace, [new Date('2020-01-02'), edited]);
    });
    expect((await reindex(forum.db)).isResumed).toBe(true);
    expect(await flaws()).toEqual([]);
    expect((await idsOf('in:comments kubernetes ')).sort()).toEqual([null, ...comments].sort());
    expect(await forum.db.read.all(strayTerms, [])).toEqual([]);
    await forum.db.transaction(async (tx) => {
      await tx.run(interrupt, []);
      await tx.run(forgetEntry, [written]);
    });
    await reindex(forum.db);
    expect(await flaws()).toEqual([]);
  });
});
