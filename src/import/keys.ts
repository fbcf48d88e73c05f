import { createHash } from 'node:crypto';
import { importedEntry } from '../forum/catalog/index.ts';
import { type ImportedIdentity, importKeyNamed } from '../forum/discussion/index.ts';
import { startOfText } from '../text/similarity.ts';
import { titleKeyOf } from '../text/slug.ts';
import type { ThreadDocument } from './thread-document.ts';

/** Which thread a document is: by its id or URL, or else by title, product, category, start of the text and time. */
export function identityOf({ post, product, category }: ThreadDocument): ImportedIdentity {
  const place = [
    product && importedEntry(product, 'product').slug,
    category && importedEntry(category, 'category').slug,
  ];
  const titleKey = titleKeyOf(post.title);
  const base = digest([titleKey, ...place]);
  const start = digest([startOfText(post.body)]);
  const { id, url, postedAt } = post;
  const named = id === null ? url && importKeyNamed('url', url) : importKeyNamed('id', id);
  const time = postedAt?.kind === 'exact' ? postedAt.at.toISOString() : (postedAt?.phrase ?? null);
  return { key: named || `${base}.${start}.${digest([time])}`, base, start, url, titleKey };
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
