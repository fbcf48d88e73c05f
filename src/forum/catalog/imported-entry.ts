import { decodedSegment } from '../../access/page-urls.ts';
import { slugOf, titleKeyOf } from '../../text/slug.ts';

/** A product or a category as an imported document names it. */
export interface ImportedEntry {
  readonly slug: string;
  readonly name: string;
  /** Null if the document gives no link. */
  readonly url: string | null;
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
const PARENTS = new Set(['products', 'product', 'categories', 'category']);

/** A product or category. Its slug comes from the path of its link, such as "…/products/NAME/reviews", or from its name. */
export function importedEntry(
  { name, url }: Pick<ImportedEntry, 'name' | 'url'>,
  kind: 'product' | 'category',
): ImportedEntry {
  const last = url === null ? null : nameInPath(url);
  return { slug: slugOf(last ?? name, slugOf(name, kind)), name, url };
}

/**
 * Whether a stored entry is the one that a document names: it has the same name, or its page is below the same path. A
 * slug alone is no identity: "Café" and "Cafe" have the same.
 */
export function isSameEntry(
  row: { readonly name: string; readonly url?: string | null },
  { name, url }: Pick<ImportedEntry, 'name' | 'url'>,
): boolean {
  if (titleKeyOf(row.name) === titleKeyOf(name)) return true;
  return Boolean(row.url && url && pageOf(row.url) === pageOf(url));
}

function nameInPath(url: string): string | null {
  const segments = segmentsOf(url);
  const parent = segments.findIndex((segment) => PARENTS.has(segment.toLowerCase()));
  const child = parent === -1 ? undefined : segments[parent + 1];
  return child ?? segments.findLast((segment) => !GENERIC.has(segment.toLowerCase())) ?? null;
}

/** The host and the path up to the entry's name. */
function pageOf(url: string): string {
  const segments = segmentsOf(url);
  const name = nameInPath(url);
  const path = name === null ? segments : segments.slice(0, segments.lastIndexOf(name) + 1);
  return [new URL(url).hostname.replace(/^www\./, ''), ...path].join('/');
}

function segmentsOf(url: string): string[] {
  const { pathname } = new URL(url);
  return pathname.split('/').flatMap((segment) => (segment === '' ? [] : [decodedSegment(segment)]));
}
