// Sitemaps: the URLs of all pages, in files of a bounded number of URLs, with an index if one file is not enough. A
// file's URLs are read and written a page at a time, so that memory does not grow with the forum.
import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Context } from '../access/context.ts';
import { lastEditIn, lastEditsOf } from '../forum/comment/index.ts';
import {
  discussionUrl,
  readSitemapPart,
  readSitemapRows,
  type SitemapRow,
} from '../forum/discussion/index.ts';
import { isoTime } from '../text/iso-time.ts';
import { element, endOf, startOf, XML_DECLARATION, xmlDocument } from '../text/xml.ts';

const NAMESPACE = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' };

export interface SitemapSizes {
  /** The URLs in a file: the protocol allows 50,000. The rest is room for discussions that are added to its range. */
  readonly urlsMax: number;
  /** The discussions that the index assigns to a file. */
  readonly assigned: number;
  /** The discussions that one statement reads. */
  readonly page: number;
}

export const SITEMAP_SIZES: SitemapSizes = { urlsMax: 50_000, assigned: 45_000, page: 1000 };

/** The discussions whose ids are after one and up to another. */
export interface SitemapRange {
  readonly after: string;
  readonly upTo: string;
}

/** Before and after every row id. */
const FIRST = '0';
const LAST = 'z'.repeat(26);
export const EVERYTHING: SitemapRange = { after: FIRST, upTo: LAST };

const RANGE_NAME = /^([0-9a-z]{1,26})-([0-9a-z]{1,26})$/;

/** The range in the name of a sitemap; null if it is no such name. */
export function rangeNamed(name: string): SitemapRange | null {
  const [, after, upTo] = RANGE_NAME.exec(name) ?? [];
  return after === undefined || upTo === undefined ? null : { after, upTo };
}

interface PlannedRange extends SitemapRange {
  readonly count: number;
  readonly changedAt: number;
}

/** The ranges of the files, each with the time of its last change. Reads `page` rows of an index at a time. */
export async function planSitemaps(ctx: Context, { assigned, page }: SitemapSizes): Promise<PlannedRange[]> {
  const ranges: PlannedRange[] = [];
  let range: PlannedRange = { ...EVERYTHING, count: 0, changedAt: 0 };
  for (;;) {
    const size = Math.min(page, assigned);
    const at = range.count === 0 ? range.after : range.upTo;
    const part = await readSitemapPart(ctx, at, size);
    if (part.lastId === null) break;
    if (range.count > 0 && range.count + part.count > assigned) {
      ranges.push(range);
      range = { after: range.upTo, upTo: LAST, count: 0, changedAt: 0 };
    }
    const edited = await lastEditIn(ctx, at, part.lastId);
    const changedAt = Math.max(range.changedAt, part.changedAt, edited);
    // a part of deleted discussions alone is passed over
    const after = range.count + part.count === 0 ? part.lastId : range.after;
    range = { after, upTo: part.lastId, count: range.count + part.count, changedAt };
    await turn();
  }
  // the last file takes what is added until the next plan
  return [...ranges, { ...range, upTo: LAST }];
}

/** The index of the files. */
export function writeSitemapIndex({ siteUrl }: Context, ranges: readonly PlannedRange[]): string {
  const entries = ranges.map(({ after, upTo, changedAt }) =>
    element(
      'sitemap',
      {},
      element('loc', {}, `${siteUrl}/sitemaps/${after}-${upTo}.xml`),
      element('lastmod', {}, isoTime(changedAt)),
    ),
  );
  return xmlDocument(element('sitemapindex', NAMESPACE, entries));
}

/** The discussions of a range, a page at a time, at most as many as a file may have. */
async function* pagesOf(
  ctx: Context,
  { after, upTo }: SitemapRange,
  { urlsMax, page }: SitemapSizes,
): AsyncGenerator<readonly SitemapRow[]> {
  let [at, left] = [after, urlsMax];
  while (left > 0) {
    const rows = await readSitemapRows(ctx, at, upTo, Math.min(page, left));
    const last = rows.at(-1);
    if (!last) return;
    const ids = rows.map(({ id }) => id);
    const edits = await lastEditsOf(ctx, ids);
    yield rows.map((row) => ({ ...row, changedAt: Math.max(row.changedAt, edits.get(row.id) ?? 0) }));
    at = last.id;
    left -= rows.length;
    await turn(); // other requests are answered between two pages
  }
}

/** What tells whether a file has changed since a client received it. */
export interface SitemapState {
  readonly etag: string;
  readonly changedAt: number;
  /** Whether it has no URL, which the protocol does not allow. */
  readonly isEmpty: boolean;
}

/** The state of a file: a hash of all that it is made of. */
export async function stateOf(ctx: Context, range: SitemapRange, sizes: SitemapSizes): Promise<SitemapState> {
  const hash = createHash('sha256').update(discussionUrl(ctx, ''));
  let [changedAt, isEmpty] = [0, true];
  for await (const rows of pagesOf(ctx, range, sizes)) {
    isEmpty = false;
    for (const row of rows) changedAt = Math.max(changedAt, row.changedAt);
    hash.update(rows.map((row) => `${row.id} ${row.changedAt}`).join());
  }
  return { etag: `W/"${hash.digest('base64url').slice(0, 27)}"`, changedAt, isEmpty };
}

/** A file, piece by piece. */
export async function* writeSitemap(
  ctx: Context,
  range: SitemapRange,
  sizes: SitemapSizes,
): AsyncGenerator<string> {
  yield XML_DECLARATION + startOf('urlset', NAMESPACE);
  for await (const rows of pagesOf(ctx, range, sizes)) {
    yield rows
      .map(({ slug, changedAt }) => {
        const loc = element('loc', {}, discussionUrl(ctx, slug));
        return element('url', {}, loc, element('lastmod', {}, isoTime(changedAt))).text;
      })
      .join('');
  }
  yield `${endOf('urlset')}\n`;
}
