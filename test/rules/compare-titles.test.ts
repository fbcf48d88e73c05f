import { describe, expect, test } from 'vitest';
import { questionOf, similarityOf } from '../../src/forum/search/compare-titles.ts';

/** All parts are equally rare. */
const UNREAD = { byGram: new Map<string, number[]>(), count: 100 };
const similarity = (question: string, title: string) => similarityOf(questionOf(question, ''), title, UNREAD);

describe('the similarity of two titles', () => {
  test('is 1 if they are the same, and 0 if they have nothing in common', () => {
    expect(similarity('Delete a former account', 'Delete a former account')).toBe(1);
    expect(similarity('Delete it', 'Wholly other')).toBe(0);
    expect(similarity('', 'Delete it')).toBe(0);
    expect(similarity('Delete it', '')).toBe(0);
  });

  test('grows with words that are used for each other', () => {
    expect(similarity('Delete abcd', 'Remove efgh')).toBeGreaterThan(0.1);
    expect(similarity('Delete an account', 'Remove the profile')).toBeGreaterThan(
      similarity('Delete abcd', 'Remove efgh'),
    );
  });

  test('counts the same word by its letters alone', () => {
    // the same letters but one, and no word of a group
    expect(similarity('Delete abcd', 'Delete efgh')).toBe(similarity('Zelete abcd', 'Zelete efgh'));
    expect(similarity('Delete abcd', 'Deleting efgh')).toBe(similarity('Zelete abcd', 'Zeleting efgh'));
  });

  test('is never more than 1', () => {
    expect(similarity('ban ax', 'lock ax suspend')).toBeLessThanOrEqual(1);
    expect(similarity('id', 'number')).toBeLessThanOrEqual(1);
  });
});

test('a question has at most twenty groups of synonyms, and eighty parts of its title', () => {
  const title =
    'login logout register password account user employee customer admin permission block invite delete create rename move copy export import save restore backup send receive search show hide missing';
  const { parts, synonyms } = questionOf(title, '');
  expect(synonyms.size).toBe(20);
  expect(parts.size).toBe(80);
});
