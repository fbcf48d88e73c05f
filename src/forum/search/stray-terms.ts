// PostgreSQL: what writers commit while the index is emptied may be in some of its tables and not in others.
import { change, type Transaction } from '../../store/index.ts';
import type { Kind } from './candidate-statements.ts';
import { removeEntry } from './entries.ts';
import { removeGrams } from './index-grams.ts';
import { comments, discussions } from './index-texts.ts';

interface Numbered {
  readonly id: string;
  readonly title: string;
  readonly n: number;
}

/** Removes the number of a text, and those of its terms that are there. */
export async function removeTerms(tx: Transaction, kind: Kind, { id, title, n }: Numbered): Promise<void> {
  await tx.run((kind === 'discussion' ? discussions : comments).remove, [n]);
  if (kind === 'discussion') await removeGrams(tx, n, title);
  await removeEntry(tx, id);
}

const strays = ['search_discussion_text', 'search_comment_text', 'search_gram'].map((table) =>
  change(
    `search.removeStrays ${table}`,
    `DELETE FROM ${table} WHERE NOT EXISTS (SELECT 1 FROM search_entry e WHERE e.n = ${table}.n)`,
    { table, sets: null, by: [] },
  ),
);

/** Removes terms whose number no text has. They may be those of a text that was redacted since. */
export async function removeStrayTerms(tx: Transaction): Promise<void> {
  for (const one of strays) await tx.run(one, []);
}
