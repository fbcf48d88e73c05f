// Votes on texts that a thread document and an export have in common are counted once.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import type { DiscussionDraft } from '../support/documents.ts';
import { changesOf, exported, imported, linesOf, loadDocument, recordsIn } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const URL_OF_THREAD = 'https://old.example/t/which-one/3';
const document: DiscussionDraft = {
  ...{ title: 'Which one?', body: 'Which of the two?', postedAt: AT },
  more: ['Net upvotes: 3', `URL: ${URL_OF_THREAD}`],
  comments: [{ body: 'This one.', postedAt: AT, net: 3 }],
};
const text = { body: 'Which of the two?', createdAt: AT };
const topic = { ...text, type: 'discussion', key: 'old:3', title: 'Which one?', oldUrls: [URL_OF_THREAD] };
const post = { ...text, type: 'comment', key: 'old:4', discussion: 'old:3', body: 'This one.' };
const people = ['old:a', 'old:b'].map((key) => ({ type: 'author', key, name: key }));
const votesOn = (subject: object) =>
  people.map(({ key: author }) => ({ type: 'vote', ...subject, author, value: 1, createdAt: AT }));
const votes = [...votesOn({ discussion: 'old:3' }), ...votesOn({ comment: 'old:4' })];

describe.each(engines)('on %s', (engine) => {
  let target: TestDatabase;

  beforeEach(async () => {
    target = await openTestDatabase(engine);
    await loadDocument(target.db, document);
  });

  afterEach(() => target.close());

  const shown = async () =>
    recordsIn(await exported(target.url, 'guest')).flatMap(({ type, importedNetVotes }) =>
      type === 'discussion' || type === 'comment' ? [[type, importedNetVotes]] : [],
    );

  test.each([
    ['those of its authors, whom the document counts', { importedNetVotes: 0 }, votes, 2],
    ['those of its authors and those that it counts', { importedNetVotes: 3 }, votes, 5],
    ['those of the document, if it has none', {}, [], 3],
  ])('the votes of an export are %s', async (_, figure, more, expected) => {
    const records = [...people, { ...topic, ...figure }, { ...post, ...figure }, ...more];
    await imported(target.db, linesOf(records));
    const both = [
      ['discussion', expected],
      ['comment', expected],
    ];
    expect(await shown()).toEqual(both);
    expect(changesOf(await imported(target.db, linesOf(records)))).toBe(0);
    expect(await shown()).toEqual(both);
  });

  test('an export with the votes of authors says of each text how many others there are', async () => {
    const other = { ...topic, key: 'old:5', oldUrls: [] };
    await imported(target.db, linesOf([...people, other, ...votesOn({ discussion: 'old:5' })]));
    const figures = recordsIn(await exported(target.url)).flatMap(({ type, importedNetVotes }) =>
      type === 'discussion' || type === 'comment' ? [importedNetVotes] : [],
    );
    expect(figures.sort()).toEqual([0, 3, 3]);
  });
});
