// What products, categories and tags have in common, so that each of their writes is written once.
import { badInput, conflict, type Refusal } from '../kit/errors.ts';
import type { NodeType } from '../kit/global-id.ts';
import { SLUG_CHARS_MAX, slugOf } from '../kit/slug.ts';
import { checkedName, lineRule } from '../kit/text.ts';
import { checkedWebAddress } from '../kit/web-address.ts';
import type { MutationInput } from '../kit/write.ts';

export type EntryKind = 'product' | 'category' | 'tag';

/** The members that the inputs of creating and updating share; a kind's own input has some of them. */
export interface EntryInput extends MutationInput {
  readonly name?: string | null | undefined;
  readonly slug?: string | null | undefined;
  readonly url?: string | null | undefined;
  readonly isAnswerable?: boolean | null | undefined;
}

export interface EntryChanges {
  readonly name?: string;
  readonly slug?: string;
  readonly url?: string | null;
  readonly isAnswerable?: boolean;
}

export const TYPE_OF = { product: 'Product', category: 'Category', tag: 'Tag' } as const satisfies Record<
  EntryKind,
  NodeType
>;

/** Names stand in lists and menus. */
const NAME = lineRule('A name', 100);

/** What an input changes, checked: absent members nothing. Throws BAD_USER_INPUT. */
export function changesIn(input: EntryInput): EntryChanges {
  const { name, slug, url, isAnswerable } = input;
  return {
    ...(name !== undefined && { name: checkedName(kept(name, 'name'), NAME, 'input.name') }),
    ...(slug !== undefined && { slug: checkedSlug(kept(slug, 'slug')) }),
    ...(url !== undefined && { url: url && checkedWebAddress(url, 'input.url', 'An address') }),
    ...(isAnswerable !== undefined && { isAnswerable: kept(isAnswerable, 'isAnswerable') }),
  };
}

/** The slug of a new entry: the one that is asked for, or its name's. */
export function slugFor(kind: EntryKind, name: string, slug: string | undefined): string {
  return slug ?? slugOf(name, kind);
}

/** Imported documents know entries by their slugs: a second one would be a twin that nobody can tell apart. */
export function slugIsTaken(kind: EntryKind, slug: string, isGiven: boolean): Refusal {
  const wayOut = isGiven ? '' : ': use that one, or give a `slug` of your own';
  return conflict(
    `There is a ${kind} with the slug "${slug}" already${wayOut}.`,
    isGiven ? 'input.slug' : 'input.name',
  );
}

function kept<T>(value: T | null, member: string): T {
  if (value === null) throw badInput('This cannot be cleared.', `input.${member}`);
  return value;
}

function checkedSlug(slug: string): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) && slug.length <= SLUG_CHARS_MAX) return slug;
  throw badInput(
    `A slug is lower-case ASCII letters and digits, in words joined by hyphens: at most ${SLUG_CHARS_MAX} characters.`,
    'input.slug',
  );
}
