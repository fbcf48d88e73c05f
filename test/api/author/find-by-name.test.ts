import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examine, type Finding } from '../../../src/operations/doctor/index.ts';
import { change, statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { threadDocument } from '../../support/documents.ts';
import { type Forum, openForum } from '../../support/forum.ts';

/** Handles and names. */
const PEOPLE: readonly [handle: string, name: string | null][] = [
  ['jm', 'Jürgen Müller'],
  ['ann-muller', 'Ann Muller'],
  ['mueller', null],
  ['zed', 'Zed Mulligan'],
  ['bruce', '李 小龍'],
  ['li-wei', '李伟'],
  ['anna', 'Anna Annasdotter'],
  ['pat', "Pat O'Brien"],
];
const allKeys = statement<{ id: string; key: string }>(
  'test.nameKeys',
  'SELECT id, key FROM author_name_key ORDER BY id, key',
);
const forget = change('test.forgetNameKeys', 'DELETE FROM author_name_key', {
  ...{ table: 'author_name_key', sets: null, by: [] },
});

describe.each(engines)('authors by name on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const [handle, name] of PEOPLE) await describeAs(handle, { handle, name });
  });
  afterAll(() => forum.close());

  const describeAs = async (who: string, input: Record<string, unknown>) => {
    const { errors } = await forum.as(who).do('updateAuthor', input, 'author { id }');
    expect(errors).toBeUndefined();
  };
  const QUERY = `query ($q: String, $first: Int, $last: Int, $after: String, $before: String) {
    authors(query: $q, first: $first, last: $last, after: $after, before: $before) {
      totalCount nodes { handle } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`;
  const find = async (q: string, args: Record<string, unknown> = {}) => {
    const { data, errors } = await forum.as('jm').ask(QUERY, { q, ...args });
    expect(errors).toBeUndefined();
    return data.authors;
  };
  const examined = async (fix: boolean) => {
    const findings: Finding[] = [];
    await examine(forum.db, { fix, rendering: false, onFinding: (finding) => findings.push(finding) });
    return findings.filter(({ table }) => table === 'author').map((one) => [one.id, one.isMended]);
  };
  const handlesIn = ({ nodes }: { nodes: { handle: string }[] }) => nodes.map(({ handle }) => handle);

  test.each([
    ['mueller', ['jm', 'mueller']],
    ['Müller', ['jm', 'mueller']],
    ['muller', ['ann-muller', 'jm']],
    ['MUL', ['ann-muller', 'jm', 'zed']],
    ['Mu', ['jm', 'mueller', 'ann-muller', 'zed']],
    ['jürgen', ['jm']],
    ['jurgen m', ['jm']],
    ['@jm', ['jm']],
    ['brien', ['pat']],
    ["o'b", ['pat']],
    ['李', ['bruce', 'li-wei']],
    ['小', ['bruce']],
    ['ann', ['ann-muller', 'anna']],
    ['rgen', []],
    ['annx', []],
  ])('%j finds %j: by what begins with it, then by handle', async (query, found) => {
    const page = await find(query);
    expect(handlesIn(page)).toEqual(found);
    expect(page.totalCount).toBe(found.length);
  });

  test('pages in both directions show everybody once', async () => {
    const whole = handlesIn(await find('mu'));
    const [there, back]: [string[], string[]] = [[], []];
    for (let after: string | null = null; ; ) {
      const page = await find('mu', { first: 1, after });
      there.push(...handlesIn(page));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    for (let before: string | null = null; ; ) {
      const page = await find('mu', { last: 3, before });
      back.unshift(...handlesIn(page));
      if (!page.pageInfo.hasPreviousPage) break;
      before = page.pageInfo.startCursor;
    }
    expect([there, back]).toEqual([whole, whole]);
  });

  test('a new name or handle is found at once, and the old one no longer', async () => {
    await describeAs('nova', { handle: 'nova', name: 'Berta Quell' });
    expect(handlesIn(await find('quell'))).toEqual(['nova']);
    await describeAs('nova', { name: 'Berta Zuse' });
    expect([handlesIn(await find('quell')), handlesIn(await find('zuse'))]).toEqual([[], ['nova']]);
    await describeAs('nova', { handle: 'bz' });
    expect([handlesIn(await find('nova')), handlesIn(await find('zuse'))]).toEqual([[], ['bz']]);
    await describeAs('nova', { jobTitle: 'Engineer' });
    expect(handlesIn(await find('zuse'))).toEqual(['bz']);
    await describeAs('nova', { name: null, handle: null });
    expect([handlesIn(await find('zuse')), handlesIn(await find('bz'))]).toEqual([[], []]);
  });

  test('an import that fills an empty name makes them found by it', async () => {
    await describeAs('greta', { handle: 'greta', name: null });
    const id = (await forum.as('greta').id()).slice(2);
    await forum.db.write((tx) =>
      tx.author.update({ where: { id }, data: { externalId: 'import:person-1' } }),
    );
    const more = ['Author id: person-1', 'Author name: Margarete Imhof'];
    await forum.load(threadDocument({ title: 'Imported?', more }));
    expect(handlesIn(await find('imh'))).toEqual(['greta']);
    expect(handlesIn(await find('gre'))).toEqual(['greta']);
  });

  test('the doctor makes the keys of a forum that has none, once', async () => {
    const before = await forum.db.read.all(allKeys, []);
    const people = [...new Set(before.map(({ id }) => id))].sort();
    await forum.db.transaction((tx) => Promise.resolve(tx.run(forget, [])));
    expect(handlesIn(await find('mul'))).toEqual([]);
    expect((await examined(true)).sort()).toEqual(people.map((id) => [id, true]));
    expect(await forum.db.read.all(allKeys, [])).toEqual(before);
    expect(await examined(true)).toEqual([]);
  });

  test('the doctor finds keys that an older version has left behind, and mends them', async () => {
    const { id } = (await forum.ask('{ author(handle: "zed") { id } }')).data.author;
    const rowId = id.slice(2);
    const before = await forum.db.read.all(allKeys, []);
    await forum.db.write((tx) => tx.author.update({ where: { id: rowId }, data: { name: 'Zed Other' } }));
    expect(await examined(false)).toEqual([[rowId, false]]);
    expect(await examined(true)).toEqual([[rowId, true]]);
    expect(await examined(true)).toEqual([]);
    expect(handlesIn(await find('oth'))).toEqual(['zed']);
    await describeAs('zed', { name: 'Zed Mulligan' });
    expect(await forum.db.read.all(allKeys, [])).toEqual(before);
  });
});
