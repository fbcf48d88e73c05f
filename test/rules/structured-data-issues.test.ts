import { expect, test } from 'vitest';
import { findStructuredDataIssues } from '../../src/forum/publishing/find-structured-data-issues.ts';

const person = { '@type': 'Person', name: 'Ada', url: 'https://forum.example/authors/A_1' };
const answer = {
  ...{ '@type': 'Answer', text: 'Yes', url: 'https://forum.example/discussions/a#C_1', author: person },
  ...{ datePublished: '2026-11-24T00:00:00.000Z', upvoteCount: -1 },
};
const question = {
  ...{ '@type': 'Question', name: 'How?', text: 'How?', url: 'https://forum.example/discussions/a' },
  ...{ answerCount: 1, commentCount: 0, upvoteCount: 0, author: person },
  ...{ datePublished: '2026-11-24T00:00:00.000Z', suggestedAnswer: [answer] },
};
const page = (entity: object) => ({
  '@context': 'https://schema.org',
  '@type': 'QAPage',
  mainEntity: { ...question, ...entity },
});
const found = (entity: object) =>
  findStructuredDataIssues(page(entity)).map(({ path, isRequired }) => `${path} ${isRequired}`);

test('a complete page has no issue', () => {
  expect(found({})).toEqual([]);
});

test.each([
  ['no name', { name: '' }, ['mainEntity.name true']],
  ['no answer', { suggestedAnswer: [] }, ['mainEntity.acceptedAnswer true']],
  ['no answer to a question without any', { suggestedAnswer: [], answerCount: 0 }, []],
  [
    'an answer without text',
    { suggestedAnswer: [{ ...answer, text: '' }] },
    ['mainEntity.suggestedAnswer[0].text true'],
  ],
  ['no author', { author: null }, ['mainEntity.author false']],
  [
    'an author without a page',
    { author: { '@type': 'Person', name: 'Ada' } },
    ['mainEntity.author.url false'],
  ],
  ['an anonymous author', { author: { '@type': 'Person', name: 'Anonymous' } }, []],
  ['a relative URL', { url: '/discussions/a' }, ['mainEntity.url true']],
  ['a URL of a script', { url: 'javascript:alert(1)' }, ['mainEntity.url true']],
  ['a time without a zone', { datePublished: '2026-11-24T00:00:00' }, ['mainEntity.datePublished true']],
  ['a negative count', { answerCount: -1 }, ['mainEntity.answerCount true']],
  ['two accepted answers', { acceptedAnswer: [answer, answer] }, ['mainEntity.acceptedAnswer true']],
  ['an unknown type', { author: { '@type': 'Robot' } }, ['mainEntity.author.@type true']],
  [
    'a comment without text',
    { comment: [{ ...answer, '@type': 'Comment', text: undefined }] },
    ['mainEntity.comment[0].text true'],
  ],
  [
    'a deleted comment without text',
    { comment: [{ ...answer, '@type': 'Comment', text: undefined, creativeWorkStatus: 'Deleted' }] },
    [],
  ],
])('%s', (_title, entity, issues) => {
  expect(found(entity)).toEqual(issues);
});

test('messages name the type and the properties', () => {
  expect(findStructuredDataIssues({ '@type': 'DiscussionForumPosting' })[2]).toEqual({
    path: 'text',
    message: 'DiscussionForumPosting requires `text` or `image` or `video`.',
    isRequired: true,
  });
});
