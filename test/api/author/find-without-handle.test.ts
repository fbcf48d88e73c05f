import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveImportedAuthors } from '../../../src/forum/author/index.ts';
import { examine } from '../../../src/operations/doctor/index.ts';
import { newId } from '../../../src/store/ids.ts';
import { change } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { threadDocument } from '../../support/documents.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const forget = change('test.forgetKeys', 'DELETE FROM author_name_key', {
  ...{ table: 'author_name_key', sets: null, by: [] },
});

describe.each(engines)('authors without a handle on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const [handle, name] of [
      ['marta-b', 'Marta Berg'],
      ['zoe', 'Zoe Marti'],
      ['li-wei', '李伟'],
    ])
      await forum.as(handle ?? '').do('updateAuthor', { handle, name }, 'author { id }');
    await load('Marta Klee', 'Ann Martens', '李 小龍', '???');
  });
  afterAll(() => forum.close());

  const load = async (...names: readonly string[]) => {
    for (const name of names)
      await forum.load(threadDocument({ title: `A question by ${name}`, more: [`Author name: ${name}`] }));
  };
  const QUERY = `query ($q: String, $first: Int, $last: Int, $after: String, $before: String) {
    authors(query: $q, first: $first, last: $last, after: $after, before: $before) { totalCount
      isTotalCountLowerBound nodes { name } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`;
  const page = async (who: string, q: string, args: Record<string, unknown> = {}) => {
    const { data, errors } = await forum.as(who).ask(QUERY, { q, ...args });
    expect(errors).toBeUndefined();
    const { nodes, ...rest } = data.authors;
    return { ...rest, names: nodes.map(({ name }: { name: string }) => name) };
  };

  test.each([
    ['mart', ['Marta Berg', 'Zoe Marti'], ['Marta Berg', 'Zoe Marti', 'Marta Klee', 'Ann Martens']],
    ['marta k', [], ['Marta Klee']],
    ['KLEE', [], ['Marta Klee']],
    ['李', ['李伟'], ['李伟', '李 小龍']],
    ['???', [], []],
    ['mx', [], []],
  ])('%j finds them for admins alone, after those who can be mentioned', async (query, others, admins) => {
    for (const who of ['ben', 'mod', 'vic']) {
      expect(await page(who, query)).toMatchObject({ names: others, totalCount: others.length });
    }
    expect(await page('root', query)).toMatchObject({ names: admins, totalCount: admins.length });
  });

  test("an admin's key with less rights finds what members find", async () => {
    const key = await forum.as('root').keyWith(['READ', 'WRITE']);
    const { data } = await forum.askWith(key, '{ authors(query: "klee") { totalCount nodes { id } } }');
    expect(data.authors).toEqual({ totalCount: 0, nodes: [] });
  });

  test.each([1, 2, 3, 4])('pages of %d in both directions show everybody once', async (size) => {
    const whole = (await page('root', 'mart')).names;
    const [there, back]: [string[], string[]] = [[], []];
    for (let [after, isMore] = [null, true]; isMore; ) {
      const { names, pageInfo } = await page('root', 'mart', { first: size, after });
      there.push(...names);
      expect(pageInfo.hasPreviousPage).toBe(after !== null);
      [after, isMore] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    for (let [before, isMore] = [null, true]; isMore; ) {
      const { names, pageInfo } = await page('root', 'mart', { last: size, before });
      back.unshift(...names);
      expect(pageInfo.hasNextPage).toBe(before !== null);
      [before, isMore] = [pageInfo.startCursor, pageInfo.hasPreviousPage];
    }
    expect([there, back]).toEqual([whole, whole]);
  });

  test('who loses or gets a handle changes sides', async () => {
    await forum.as('nova').do('updateAuthor', { handle: 'nova', name: 'Nova Quell' }, 'author { id }');
    const found = async () => [(await page('ben', 'quell')).names, (await page('root', 'quell')).names];
    expect(await found()).toEqual([['Nova Quell'], ['Nova Quell']]);
    await forum.as('nova').do('updateAuthor', { handle: null }, 'author { id }');
    expect(await found()).toEqual([[], ['Nova Quell']]);
    await forum.as('nova').do('updateAuthor', { handle: 'nova' }, 'author { id }');
    expect(await found()).toEqual([['Nova Quell'], ['Nova Quell']]);
  });

  test('the doctor makes their keys in a forum that has none', async () => {
    await forum.db.transaction((tx) => Promise.resolve(tx.run(forget, [])));
    expect((await page('root', 'klee')).names).toEqual([]);
    await examine(forum.db, { fix: true, rendering: false });
    expect((await page('root', 'klee')).names).toEqual(['Marta Klee']);
  });

  test('a count over both kinds ends at a thousand', async () => {
    const absent = { title: null, company: null, companySegment: null, industry: null, avatarUrl: null };
    const crowd = Array.from({ length: 1000 }, (_, n) => ({
      ...{ ...absent, externalId: null, role: null, name: `Crowd ${n}` },
    }));
    await forum.db.write((tx) => saveImportedAuthors(tx, newId, crowd, forum.now()));
    const counts = async () => {
      const { totalCount, isTotalCountLowerBound } = await page('root', 'crowd', { first: 1 });
      return [totalCount, isTotalCountLowerBound];
    };
    expect(await counts()).toEqual([1000, false]);
    await forum.as('zoe').do('updateAuthor', { name: 'Zoe Crowdy' }, 'author { id }');
    expect(await counts()).toEqual([1000, true]);
  });
});
