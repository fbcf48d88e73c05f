import { createHash } from 'node:crypto';
import type { ImportedEntry } from '../forum/catalog/index.ts';
import { slugOf, titleKeyOf } from '../text/slug.ts';
import type { ThreadComment, ThreadDocument, ThreadLink } from './thread-document.ts';

/** Identifies a document by title, product and category. Two documents with one key are versions of one thread. */
export function documentKey(document: ThreadDocument): string {
  const product = document.product && entryOf(document.product, 'product').slug;
  const category = document.category && entryOf(document.category, 'category').slug;
  return digest([titleKeyOf(document.post.title), product, category]);
}

/**
 * Identifies comments across versions of their document by their text: documents hold no ids, and numbers change. Equal
 * texts are numbered in order.
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

/** Parts of a path that describe their neighbours and name nothing themselves. */
const GENERIC = new Set([
  'reviews',
  'pricing',
  'features',
  'discussions',
  'competitors',
  'alternatives',
  'details',
]);

/** A product or category. Its slug comes from the path of its link, such as "…/products/NAME/reviews", or from its name. */
export function entryOf({ name, url }: ThreadLink, kind: 'product' | 'category'): ImportedEntry {
  const parents = kind === 'product' ? ['products', 'product'] : ['categories', 'category'];
  const segments = url === null ? [] : new URL(url).pathname.split('/').filter((segment) => segment !== '');
  const parent = segments.findIndex((segment) => parents.includes(segment.toLowerCase()));
  const child = segments[parent === -1 ? segments.length : parent + 1];
  const last = child ?? segments.findLast((segment) => !GENERIC.has(segment.toLowerCase()));
  return { slug: slugOf(last === undefined ? name : decoded(last), slugOf(name, kind)), name, url };
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
