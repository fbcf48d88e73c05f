// The words of all texts, which completions and suggestions are made from.
import { change, statement, type Transaction } from '../../store/index.ts';
import { type IndexedText, indexedText } from './indexed-text.ts';
import { searchLanguages } from './stem.ts';

/** The prefix of a word that is written from its end. */
export const REVERSED = '~';

/** A word from its end. */
export function reversed(word: string): string {
  return REVERSED + [...word].reverse().join('');
}

const unknown = statement<{ word: string }>(
  'search.unknownWords',
  (d) =>
    `SELECT p.value AS "word" FROM ${d.eachOf('p')} WHERE NOT EXISTS (SELECT 1 FROM search_word w WHERE w.word = p.value)`,
  { table: 'search_word' },
);
const add = change(
  'search.addWords',
  (d) =>
    `INSERT INTO search_word (word, n) SELECT p.value, CAST(? AS BIGINT) FROM ${d.eachOf('p')} WHERE true ON CONFLICT DO NOTHING`,
  { table: 'search_word', sets: null, by: [null, null] },
);

/**
 * Adds the words of a text that are not known yet. A word is stored with the text's number, so that writers of one new word
 * do not wait for each other's commit on PostgreSQL, and the word stays if one of them is rolled back. It is stored twice
 * then, and reads take it once.
 */
export async function addWords(tx: Transaction, n: number, texts: readonly IndexedText[]): Promise<void> {
  const words = new Set<string>();
  for (const text of texts) for (const word of text.words) words.add(word);
  if (words.size === 0) return;
  const missing = (await tx.all(unknown, [[...words]])).map(({ word }) => word);
  if (missing.length > 0) await tx.run(add, [n, missing.flatMap((word) => [word, reversed(word)])]);
}

const UNUSED = ['search_discussion_text', 'search_comment_text'] as const;
const unused = statement<{ word: string }>('search.unusedWords', (d) => {
  const isIn = (table: string) =>
    d.engine === 'sqlite'
      ? `SELECT 1 FROM ${table} WHERE ${table} MATCH '"' || p.value || '"'`
      : `SELECT 1 FROM ${table} i WHERE i.terms @@ ('''' || p.value || '''')::tsquery`;
  return `SELECT p.value AS "word" FROM ${d.eachOf('p')} WHERE ${UNUSED.map((table) => `NOT EXISTS (${isIn(table)})`).join(' AND ')}`;
});
const removeWords = change('search.removeWords', (d) => `DELETE FROM search_word WHERE ${d.inList('word')}`, {
  table: 'search_word',
  sets: null,
  by: [null],
});

/**
 * Removes the words of an erased text that no other text has. The index of stems does not know which texts have a word, so
 * that all of them are removed then: other texts add theirs again when they are written.
 */
export async function forgetWords(tx: Transaction, text: string): Promise<void> {
  const words = [...indexedText(text).words];
  if (words.length === 0) return;
  const gone = searchLanguages().length > 0 ? words : (await tx.all(unused, [words])).map(({ word }) => word);
  if (gone.length > 0) await tx.run(removeWords, [gone.flatMap((word) => [word, reversed(word)])]);
}
