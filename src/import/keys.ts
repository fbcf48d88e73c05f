import { createHash } from 'node:crypto';
import type { ImportedEntry } from '../forum/catalog/index.ts';
import { slugOf, titleKeyOf } from '../text/slug.ts';
import type { ThreadComment, ThreadDocument, ThreadLink } from './thread-document.ts';

/** What makes two documents two states of one: title, product and category. */
export function documentKey(document: ThreadDocument): string {
  const product = document.product && entryOf(document.product, 'product').slug;
  const category = document.category && entryOf(document.category, 'category').slug;
  return digest([titleKeyOf(document.post.title), product, category]);
}

/**
 * What finds a comment again in a newer state of its document: its words, since documents give comments no ids, and
 * numbers change. Equal texts are told apart by their order.
 */
export function commentKeys(comments: readonly ThreadComment[]): string[] {
  const seen = new Map<string, number>();
  return comments.map(({ body }) => {
    const key = digest(body.normalize('NFC').replaceAll(/\s+/g, ' ').trim());
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return `${key}.${nth}`;
  });
}

/** Words in an address that say what stands before or behind them and name nothing. */
const GENERIC = new Set([
  'reviews',
  'pricing',
  'features',
  'discussions',
  'competitors',
  'alternatives',
  'details',
]);

/** A product or category by the name in its link's path, such as "…/products/NAME/reviews"; otherwise by its name. */
export function entryOf({ name, url }: ThreadLink, kind: 'product' | 'category'): ImportedEntry {
  const shelves = kind === 'product' ? ['products', 'product'] : ['categories', 'category'];
  const segments = url === null ? [] : new URL(url).pathname.split('/').filter((segment) => segment !== '');
  const shelf = segments.findIndex((segment) => shelves.includes(segment.toLowerCase()));
  const named = segments[shelf === -1 ? segments.length : shelf + 1];
  const useful = named ?? segments.findLast((segment) => !GENERIC.has(segment.toLowerCase()));
  return { slug: slugOf(useful === undefined ? name : decoded(useful), slugOf(name, kind)), name, url };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
