import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { numbered, store } from './stored-texts.ts';

const WORDS = ['e-mail', 'node.js', 'snake_case', 'a@b.example', 'C++', 'alpha beta', 'it’s', 'nearly full'];

describe.each(engines)('an incomplete search on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await store(forum.db, numbered(WORDS.map((title) => ({ title, text: 'x' }))));
  });
  afterAll(() => forum.close());

  async function found(query: string): Promise<string[]> {
    const { data, errors } = await forum.ask(
      `query ($query: String!) { search(query: $query) { nodes {
        subject { ... on Discussion { title } } } } }`,
      { query },
    );
    expect(errors).toBeUndefined();
    return data.search.nodes.map(({ subject }: { subject: { title: string } }) => subject.title);
  }

  test.each([
    ['e-mai', ['e-mail']],
    ['emai', ['e-mail']],
    ['node.j', ['node.js']],
    ['snake_ca', ['snake_case']],
    ['a@b.exam', ['a@b.example']],
    ['C+', ['C++']],
    ['C++', ['C++']],
    ['"alpha be', ['alpha beta']],
    ['"alph', ['alpha beta']],
    ['full "nearl', ['nearly full']],
    ['e-mai* ', ['e-mail']],
  ])('finds %s', async (query, titles) => {
    expect(await found(query)).toEqual(titles);
  });

  test.each([
    ['e-mai ', []],
    ['e-mai.', []],
    ['node.j ', []],
    ['C+ ', []],
    ['"alpha be"', []],
    ['"alph" ', []],
    ['c', []],
    ['a', ['a@b.example']],
  ])('does not complete %s', async (query, titles) => {
    expect(await found(query)).toEqual(titles);
  });
});
