// Writes the index of a text: see indexed-text.ts for what is indexed. Both engines get the same terms.
import { change, type Dialect, type Param, type Transaction } from '../../store/index.ts';
import type { PlainText, TitledText, WrittenText } from '../written-text.ts';
import { addEntry, fits, numberOf, removeEntry } from './entries.ts';
import { addGrams, removeGrams } from './index-grams.ts';
import { addWords } from './index-words.ts';
import {
  ANY,
  byAuthor,
  type IndexedText,
  indexedText,
  inTitle,
  textForFts,
  vectorOf,
} from './indexed-text.ts';
import { windowTermsOf } from './windows.ts';

interface TextIndex {
  readonly add: ReturnType<typeof change>;
  readonly remove: ReturnType<typeof change>;
}

function textIndex(table: string, columns: string): TextIndex {
  const writes = { table, sets: null, by: [] };
  const values = columns.replaceAll(/\w+/g, '?');
  const fts = (d: Dialect, sqlite: string, postgres: string) => (d.engine === 'sqlite' ? sqlite : postgres);
  const late = (name: string, text: (d: Dialect) => string) => ({
    ...change(name, text, writes),
    isLate: true,
  });
  return {
    add: late(`search.add ${table}`, (d) =>
      fts(
        d,
        `INSERT INTO ${table} (rowid, ${columns}) VALUES (CAST(? AS INTEGER), ${values})`,
        // a text that was edited while the index was emptied has left its terms without a number
        `INSERT INTO ${table} (n, terms) VALUES (?, ?::tsvector) ON CONFLICT (n) DO UPDATE SET terms = excluded.terms`,
      ),
    ),
    // FTS5 removes terms by the text that they came from, which overwrites them in the file
    remove: late(`search.remove ${table}`, (d) =>
      fts(
        d,
        `INSERT INTO ${table} (${table}, rowid, ${columns}) VALUES ('delete', CAST(? AS INTEGER), ${values})`,
        `DELETE FROM ${table} WHERE n = ?`,
      ),
    ),
  };
}

/** The terms of discussions and of comments. */
export const discussions = textIndex('search_discussion_text', 'title, head, body');
export const comments = textIndex('search_comment_text', 'body');

/** Indexes a discussion's title and text. */
export async function indexDiscussion(tx: Transaction, written: WrittenText<TitledText>): Promise<void> {
  const { authorId, before, after } = written;
  if (before && isSame(before, after) && before.title === after.title && (await isInPlace(tx, written)))
    return;
  const was = before && termsOf(before, authorId);
  const terms = termsOf(after, authorId);
  const n = await place(tx, written, async (old) => {
    if (!was || !before) return;
    await tx.run(discussions.remove, removed(tx, old, discussionFts(was, old)));
    await removeGrams(tx, old, before.title);
  });
  const vector = () =>
    vectorOf([
      { terms: terms.title, weight: 'C', of: inTitle },
      { terms: terms.title, weight: 'A' },
      { terms: terms.body, weight: 'B' },
    ]);
  await tx.run(
    discussions.add,
    added(tx, n, () => discussionFts(terms, n), vector),
  );
  await addGrams(tx, n, { id: written.id, title: after.title });
  await addWords(tx, n, [terms.title, terms.body]);
}

/** Indexes a comment's text. */
export async function indexComment(tx: Transaction, written: WrittenText<PlainText>): Promise<void> {
  const { authorId, before, after } = written;
  if (before && isSame(before, after) && (await isInPlace(tx, written))) return;
  const terms = bodyTerms(after, authorId);
  const n = await place(tx, written, async (old) => {
    if (before) await tx.run(comments.remove, removed(tx, old, [bodyFts(bodyTerms(before, authorId), old)]));
  });
  const vector = () => vectorOf([{ terms, weight: 'B' }]);
  await tx.run(
    comments.add,
    added(tx, n, () => [bodyFts(terms, n)], vector),
  );
  await addWords(tx, n, [terms]);
}

/** Removes a comment from the index. */
export async function removeComment(
  tx: Transaction,
  { id, authorId, bodyText }: PlainText & { readonly id: string; readonly authorId: string | null },
): Promise<void> {
  const n = await numberOf(tx, id);
  if (n === null) return;
  await tx.run(comments.remove, removed(tx, n, [bodyFts(bodyTerms({ bodyText }, authorId), n)]));
  await removeEntry(tx, id);
}

/** The number of a text whose terms are to be added. Its old terms are removed, and it moves if its time has changed. */
async function place(
  tx: Transaction,
  { id, createdAt, before }: WrittenText<unknown>,
  removeTerms: (n: number) => Promise<unknown>,
): Promise<number> {
  const known = before === null ? null : await numberOf(tx, id);
  if (known === null) return addEntry(tx, id, createdAt);
  await removeTerms(known);
  if (fits(known, createdAt)) return known;
  await removeEntry(tx, id);
  return addEntry(tx, id, createdAt);
}

interface Terms {
  readonly title: IndexedText;
  readonly body: IndexedText;
}

function termsOf(text: TitledText, authorId: string | null): Terms {
  return { title: indexedText(text.title), body: bodyTerms(text, authorId) };
}

/** With the terms that are not in the text. */
function bodyTerms({ bodyText }: PlainText, authorId: string | null): IndexedText {
  return indexedText(bodyText, authorId === null ? [ANY] : [ANY, byAuthor(authorId)]);
}

const isSame = (before: PlainText, after: PlainText) => before.bodyText === after.bodyText;

async function isInPlace(tx: Transaction, { id, createdAt }: WrittenText<unknown>): Promise<boolean> {
  const n = await numberOf(tx, id);
  return n !== null && fits(n, createdAt);
}

const discussionFts = ({ title, body }: Terms, n: number) => [
  textForFts(title, inTitle),
  textForFts(title),
  bodyFts(body, n),
];

/** With the terms of the windows that the text's number is in. */
const bodyFts = ({ placed, unplaced }: IndexedText, n: number) =>
  textForFts({ placed, unplaced: [...unplaced, ...windowTermsOf(n)] });

function added(tx: Transaction, n: number, fts: () => readonly string[], vector: () => string): Param[] {
  return tx.engine === 'sqlite' ? [n, ...fts()] : [n, vector()];
}

function removed(tx: Transaction, n: number, fts: readonly string[]): Param[] {
  return tx.engine === 'sqlite' ? [n, ...fts] : [n];
}
