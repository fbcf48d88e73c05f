import { change, type Transaction } from '../../store/index.ts';
import { gramsOf } from './grams.ts';
import { synonymsOf } from './synonyms.ts';

const add = change(
  'search.addGrams',
  (d) =>
    `INSERT INTO search_gram (n, gram) SELECT CAST(? AS BIGINT), p.value FROM ${d.eachOf('p')}
      WHERE EXISTS (SELECT 1 FROM discussion d WHERE d.id = ? AND d.deleted_at IS NULL) ON CONFLICT DO NOTHING`,
  { table: 'search_gram', sets: null, by: [null, null, null] },
);
const remove = change(
  'search.removeGrams',
  (d) => `DELETE FROM search_gram WHERE n = ? AND ${d.inList('gram')}`,
  { table: 'search_gram', sets: null, by: ['n', null] },
);

interface Titled {
  readonly id: string;
  readonly title: string;
}

/** The parts of a title's words, and the groups of words that are used for each other. */
const partsOf = (title: string) => [...gramsOf(title), ...synonymsOf(title).keys()];

/**
 * Indexes the parts of a title's words, unless the discussion is deleted: how rare a part is shows in the similarity of
 * other titles.
 */
export async function addGrams(tx: Transaction, n: number, { id, title }: Titled): Promise<void> {
  const grams = partsOf(title);
  if (grams.length > 0) await tx.run(add, [n, grams, id]);
}

/** Removes the parts of a title from the index. */
export async function removeGrams(tx: Transaction, n: number, title: string): Promise<void> {
  const grams = partsOf(title);
  if (grams.length > 0) await tx.run(remove, [n, grams]);
}
