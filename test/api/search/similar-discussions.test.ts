import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { PAIRS } from './question-pairs.ts';
import { numbered, store } from './stored-texts.ts';

const LANGUAGES = ['en', 'de', 'zh'] as const;
const all = LANGUAGES.flatMap((language) => PAIRS[language]);
/** Every question is in the forum, so that each has hundreds of others to be told from. */
const TEXTS = numbered(all.flat().map((title) => ({ title, text: 'x' })));

/** docs/search.md has the figures of both engines, which are the same. */
const RECALL_AT_5 = { en: 0.92, de: 0.96, zh: 0.97 };
/** The pairs that were written to have almost no word in common, by their places, and what is found of them. */
const HARD = {
  en: { from: 40, to: 50, recall: 0.5 },
  de: { from: 40, to: 50, recall: 0.8 },
  zh: { from: 30, to: 35, recall: 0.8 },
};

describe.each(engines)('similar discussions on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await store(forum.db, TEXTS);
  });
  afterAll(() => forum.close());

  async function similarTo(
    title: string,
    first = 6,
  ): Promise<{ discussion: { title: string }; similarity: number }[]> {
    const { data, errors } = await forum.ask(
      'query ($title: String!, $first: Int) { similarDiscussions(title: $title, first: $first) { similarity discussion { title } } }',
      { title, first },
    );
    expect(errors).toBeUndefined();
    return data.similarDiscussions;
  }

  test.each(LANGUAGES)('are found for paraphrases in %s', async (language) => {
    const ranks: number[] = [];
    for (const [known, asked] of PAIRS[language]) {
      const others = (await similarTo(asked))
        .map(({ discussion }) => discussion.title)
        .filter((title) => title !== asked);
      ranks.push(others.slice(0, 5).indexOf(known));
    }
    const share = (some: readonly number[], isHit: (rank: number) => boolean) =>
      some.filter(isHit).length / some.length;
    const { from, to, recall } = HARD[language];
    const all = share(ranks, (rank) => rank >= 0);
    const hard = share(ranks.slice(from, to), (rank) => rank >= 0);
    const first = share(ranks, (rank) => rank === 0);
    console.log(
      `${language}: recall at 5 ${all.toFixed(3)}, precision at 5 ${(all / 5).toFixed(3)}, first ${first.toFixed(3)} of ${ranks.length}; recall at 5 ${hard.toFixed(2)} of the ${to - from} hard ones`,
    );
    expect(all).toBeGreaterThanOrEqual(RECALL_AT_5[language]);
    expect(hard).toBeGreaterThanOrEqual(recall);
  });

  test('are in the order of their similarity, which is 1 for the same title', async () => {
    const similar = await similarTo('Does it integrate with Slack?');
    expect(similar[0]).toEqual({ discussion: { title: 'Does it integrate with Slack?' }, similarity: 1 });
    const values = similar.map(({ similarity }) => similarity);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });

  test('are none for a title without words, and never deleted ones', async () => {
    expect(await similarTo('')).toEqual([]);
    expect(await similarTo('?! "(')).toEqual([]);
    expect((await similarTo('x'.repeat(9_000))).length).toBeLessThan(6);
    const id = TEXTS.find(({ title }) => title === 'Slack integration available?')?.id ?? '';
    const titles = async () =>
      (await similarTo('Slack integration')).map(({ discussion }) => discussion.title);
    expect(await titles()).toContain('Slack integration available?');
    await forum.as('mod').do('deleteDiscussion', { discussionId: `D_${id}` }, 'deletedDiscussionId');
    expect(await titles()).not.toContain('Slack integration available?');
  });

  test('follow the related ones that moderators have chosen where they are wanted', async () => {
    const id = TEXTS.find(({ title }) => title === 'Deleting the account of an employee who left')?.id ?? '';
    await forum
      .as('mod')
      .do(
        'addRelatedDiscussion',
        { discussionId: `D_${id}`, url: 'https://example.com/', title: 'Chosen' },
        'discussion { id }',
      );
    const related = async (args: string) => {
      const { data } = await forum.ask(
        `{ node(id: "D_${id}") { ... on Discussion { relatedDiscussions(${args}) { title url discussion { id } } } } }`,
      );
      return data.node.relatedDiscussions.map(({ title }: { title: string }) => title);
    };
    expect(await related('first: 2, hasSimilar: true')).toEqual([
      'Chosen',
      'How do I remove a former employee?',
    ]);
    expect(await related('first: 2')).toEqual(['Chosen']);
    expect(await related('first: 1, hasSimilar: true')).toEqual(['Chosen']);
  });

  test('are found for at most twenty discussions at once', async () => {
    const ask = (size: number, hasSimilar: boolean) =>
      forum.ask(
        `{ discussions(first: ${size}) { nodes { id relatedDiscussions(first: 2, hasSimilar: ${hasSimilar}) { discussion { id } } } } }`,
      );
    const { data, errors } = await ask(20, true);
    expect(errors).toBeUndefined();
    for (const { id, relatedDiscussions } of data.discussions.nodes)
      expect(
        relatedDiscussions.map(({ discussion }: { discussion: { id: string } }) => discussion.id),
      ).not.toContain(id);
    expect(
      data.discussions.nodes.filter(
        (one: { relatedDiscussions: unknown[] }) => one.relatedDiscussions.length === 2,
      ).length,
    ).toBeGreaterThan(10);
    expect((await ask(21, true)).errors?.[0]?.extensions.code).toBe('QUERY_TOO_COMPLEX');
    expect((await ask(21, false)).errors).toBeUndefined();
  });

  test.each([
    ['Purge a coworker', 'Removing some staff'],
    ['Kennwort wegbekommen', 'Passwörter löschen'],
    ['怎样去掉口令', '清空密码'],
  ])('are found by other words for the same: “%s”', async (asked, known) => {
    expect(await similarTo(asked, 50)).not.toContainEqual(
      expect.objectContaining({ discussion: { title: known } }),
    );
    await forum.as('ada').do('createDiscussion', { title: known, body: 'x' }, 'discussion { id }');
    expect((await similarTo(asked))[0]?.discussion.title).toBe(known);
  });
});
