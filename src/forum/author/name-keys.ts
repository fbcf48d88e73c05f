// The prefixes by which people are found: their handle, and each word of their name with those after it. The keys are made
// here and not by the database, so that both engines find the same.
import { change, deleteRows, type Transaction } from '../../store/index.ts';
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
 * The first character of the keys of authors without a handle, whom only admins find. It is in no form, and its bytes
 * come after those of all letters: those who can be mentioned are a range of keys of their own, which comes first.
 */
export const WITHOUT_HANDLE = '\u{10FFFD}';

/**
 * The keys of an author, sorted. Each is a form and the handle, so that those who are found by the same form are sorted
 * by handle. "Müller" is found as "mueller" and as "muller". None for authors with neither a handle nor a name.
 */
export function nameKeysOf({ handle, name }: Pick<Named, 'handle' | 'name'>): string[] {
  const forms = new Set(handle === null ? [] : [handle]);
  if (name !== null)
    for (const form of [nameForm(name), nameForm(withoutAccents(name))]) addEndings(forms, form);
  return [...forms].map((form) => (handle === null ? WITHOUT_HANDLE + form : `${form} ${handle}`)).sort();
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

const insertKeys = change(
  'author.insertNameKeys',
  (d) => `INSERT INTO author_name_key (id, key) SELECT i.value, k.value
    FROM ${d.eachOf('i')} JOIN ${d.eachOf('k')} ON k.ordinal = i.ordinal WHERE true ON CONFLICT DO NOTHING`,
  { table: 'author_name_key', sets: null, by: [null, null] },
);

/** Adds the keys of authors that have none. */
export async function insertNameKeys(tx: Transaction, ...authors: readonly Named[]): Promise<void> {
  const rows = authors.flatMap((author) => nameKeysOf(author).map((key) => ({ id: author.id, key })));
  if (rows.length > 0) await tx.run(insertKeys, [rows.map(({ id }) => id), rows.map(({ key }) => key)]);
}

/** Replaces the keys of an author whose row is locked. */
export async function replaceNameKeys(tx: Transaction, author: Named): Promise<void> {
  await deleteRows(tx, 'author_name_key', { id: author.id });
  await insertNameKeys(tx, author);
}

/** What the keys are made of. */
export const NAMED = { columns: ['id', 'handle', 'name'] } as const;
