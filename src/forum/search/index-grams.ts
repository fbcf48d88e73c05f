import { change, type Transaction } from '../../store/index.ts';
import { gramsOf } from './grams.ts';

const add = change(
  'search.addGrams',
  (d) =>
    `INSERT INTO search_gram (n, gram) SELECT CAST(? AS BIGINT), p.value FROM ${d.eachOf('p')} WHERE true ON CONFLICT DO NOTHING`,
  { table: 'search_gram', sets: null, by: [null, null] },
);
const remove = change(
  'search.removeGrams',
  (d) => `DELETE FROM search_gram WHERE n = ? AND ${d.inList('gram')}`,
  { table: 'search_gram', sets: null, by: ['n', null] },
);

/** Indexes the parts of a title's words. */
export async function addGrams(tx: Transaction, n: number, title: string): Promise<void> {
  const grams = [...gramsOf(title)];
  if (grams.length > 0) await tx.run(add, [n, grams]);
}

/** Removes the parts of a title from the index. */
export async function removeGrams(tx: Transaction, n: number, title: string): Promise<void> {
  const grams = [...gramsOf(title)];
  if (grams.length > 0) await tx.run(remove, [n, grams]);
}
