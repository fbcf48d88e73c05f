import { createHash } from 'node:crypto';
import { importedEntry } from '../forum/catalog/index.ts';
import { titleKeyOf } from '../text/slug.ts';
import type { ThreadComment, ThreadDocument } from './thread-document.ts';

/** Identifies a document by title, product and category. Two documents with one key are versions of one thread. */
export function documentKey(document: ThreadDocument): string {
  const product = document.product && importedEntry(document.product, 'product').slug;
  const category = document.category && importedEntry(document.category, 'category').slug;
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

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
