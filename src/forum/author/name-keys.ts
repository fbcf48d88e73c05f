// The prefixes by which people are found: their handle, and each word of their name with those after it. The keys are made
// here and not by the database, so that both engines find the same.
import { deleteRows, insertRow, type Transaction } from '../../store/index.ts';
import { slugOf } from '../../text/slug.ts';

/** An author as they are found. */
export interface Named {
  readonly id: string;
  readonly handle: string | null;
  readonly name: string | null;
}

/** More words than people's names have. */
const WORDS_MAX = 10;

/** The form in which names are indexed and looked up: as in handles, but letters that are never ASCII stay. Empty if none are left. */
export function nameForm(text: string): string {
  return slugOf(text, '');
}

/**
 * The keys of an author, sorted. Each is a form and the handle, so that those who are found by the same form are sorted
 * by handle. None for authors who can't be mentioned. "Müller" is found as "mueller" and as "muller".
 */
export function nameKeysOf({ handle, name }: Pick<Named, 'handle' | 'name'>): string[] {
  if (handle === null) return [];
  const forms = new Set([handle]);
  if (name !== null)
    for (const form of [nameForm(name), nameForm(withoutAccents(name))]) addEndings(forms, form);
  return [...forms].map((form) => `${form} ${handle}`).sort();
}

/** Adds a form from each of its words on. */
function addEndings(forms: Set<string>, form: string): void {
  const words = form.split('-').filter((word) => word !== '');
  for (let n = 0; n < Math.min(words.length, WORDS_MAX); n++) forms.add(words.slice(n).join('-'));
}

/** Latin letters without their accents, which handles turn into two letters for some. */
function withoutAccents(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC');
}

/** Adds the keys of a new author, or of one that has none. */
export async function insertNameKeys(tx: Transaction, author: Named): Promise<void> {
  for (const key of nameKeysOf(author)) await insertRow(tx, 'author_name_key', { id: author.id, key });
}

/** Replaces the keys of an author whose row is locked. */
export async function replaceNameKeys(tx: Transaction, author: Named): Promise<void> {
  await deleteRows(tx, 'author_name_key', { id: author.id });
  await insertNameKeys(tx, author);
}

/** What the keys are made of. */
export const NAMED = { columns: ['id', 'handle', 'name'] } as const;
