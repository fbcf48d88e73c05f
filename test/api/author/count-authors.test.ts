import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../src/store/ids.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

describe.each(engines)('the number of authors on %s', (engine) => {
  let forum: Forum;
  const ids = Array.from({ length: 1000 }, () => newId(new Date()));
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await forum.db.write(async (tx) => {
      const author = (id: string, n: number) => ({ id, handle: `many-${n}`, createdAt: forum.now() });
      await tx.author.createMany({ data: ids.map(author) });
      await tx.authorNameKey.createMany({ data: ids.map((id, n) => ({ id, key: `many-${n}` })) });
    });
  });
  afterAll(() => forum.close());

  const count = async (query: string) => {
    const asked = 'query ($q: String) { authors(query: $q, first: 1) { totalCount isTotalCountLowerBound } }';
    const { data, errors } = await forum.as('ada').ask(asked, { q: query });
    expect(errors).toBeUndefined();
    return data.authors;
  };

  test('is exact up to a thousand, and says when there are more', async () => {
    expect(await count('many')).toEqual({ totalCount: 1000, isTotalCountLowerBound: false });
    expect(await count('many-99')).toEqual({ totalCount: 11, isTotalCountLowerBound: false });
    expect(await count('?')).toEqual({ totalCount: 0, isTotalCountLowerBound: false });
    await forum.as('many-x').token();
    for (const query of ['many', ''])
      expect(await count(query)).toEqual({ totalCount: 1000, isTotalCountLowerBound: true });
  });

  test('is a lower bound if a query begins thousands of names', async () => {
    const key = (n: number) => ({ id: ids[n % 10] ?? '', key: `same-${n}` });
    await forum.db.write((tx) =>
      tx.authorNameKey.createMany({ data: Array.from({ length: 4001 }, (_, n) => key(n)) }),
    );
    expect(await count('same')).toEqual({ totalCount: 10, isTotalCountLowerBound: true });
  });
});
