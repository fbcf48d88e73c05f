import type { Context } from '../../access/context.ts';
import { insertNew, statement, type Transaction, type Tx } from '../../store/index.ts';
import { URL_CHARS_MAX } from '../../text/url-rule.ts';
import type { DiscussionRow } from './discussion-reads.ts';
import { loadDiscussionOrMergedInto } from './merged-reads.ts';

/** An address of an imported discussion in the forum that it came from. */
export interface OldAddress {
  /** The path and the query, without a slash at the end of the path. One that ends in "/*" stands for all paths below. */
  readonly path: string;
  /** In lower case. Empty if it is not known. */
  readonly host: string;
}

/** Reads a URL, or a path that begins with "/". Null if it is neither, or leads to the start page. */
export function oldAddressOf(address: string): OldAddress | null {
  if (address.length > URL_CHARS_MAX || !/^(?:\/(?!\/)|https?:\/\/)/i.test(address)) return null;
  if (!URL.canParse(address, 'http://-')) return null;
  const { host, pathname, search } = new URL(address, 'http://-');
  const path = pathname.replace(/\/+$/, '') + search;
  return path === '' ? null : { path, host: host === '-' ? '' : host };
}

/** Adds the old addresses of a discussion. One that another discussion has stays with it. */
export async function addOldAddresses(
  tx: Transaction,
  discussionId: string,
  addresses: readonly OldAddress[],
): Promise<void> {
  for (const address of addresses) await insertNew(tx, 'old_address', { ...address, discussionId });
}

/** The paths of addresses that lead to where this one leads, the best first: itself, without its query, and those for all below. */
function pathsLeadingTo({ path }: OldAddress): string[] {
  const bare = path.replace(/\?.*$/s, '');
  return [path, ...(bare === path || bare === '' ? [] : [bare]), ...wildcardsOf(bare)];
}

/** The addresses that stand for a path and all below it, the longest first. */
function wildcardsOf(path: string): string[] {
  const parts = path.split('/').slice(1, PARTS_MAX + 1);
  return parts.map((_, i) => `/${parts.slice(0, parts.length - i).join('/')}/*`);
}

interface Found {
  readonly id: string;
  readonly host: string;
  readonly path: string;
}

/** A path may be that of several old forums: one that was found in more tells nothing. */
const FOUND_MAX = 50;
/** How many parts of a path are tried as the beginning of an address that stands for all below it. */
const PARTS_MAX = 8;

const byOldPath = statement<Found>(
  'discussion.byOldPath',
  (d) => `SELECT t.discussion_id AS "id", t.host, t.path FROM old_address t
    WHERE ${d.inList('t.path')} ORDER BY t.path, t.host LIMIT ${FOUND_MAX}`,
  { table: 'old_address' },
);

/**
 * The discussion that had this URL in the forum that it came from, or its path on another host: the front end may be
 * elsewhere now. A query that no address has is ignored. Addresses for all paths below one come last. Null if there is none that the viewer may see.
 */
export async function loadDiscussionByOldAddress(ctx: Context, url: string): Promise<DiscussionRow | null> {
  const address = oldAddressOf(url);
  if (address === null) return null;
  const paths = pathsLeadingTo(address);
  const found = await ctx.db.read.all(byOldPath, [paths]);
  // of one path: this host before any host, and that before another host
  const hosts = [address.host, ''];
  const rank = ({ path, host }: Found) =>
    4 * paths.indexOf(path) + (hosts.includes(host) ? hosts.indexOf(host) : 2);
  const [best] = found.toSorted((a, b) => rank(a) - rank(b));
  if (!best) return null;
  return loadDiscussionOrMergedInto(ctx, best.id);
}

/**
 * The discussion that had this URL, by the address that says most of it. Null if there is none. A query may name another
 * thread (`?id=3`) or a page of one (`?page=2`): without it, an address is that of the thread only if the title is the same.
 */
export async function idByOldAddress(
  tx: Tx,
  { url, titleKey }: { readonly url: string | null; readonly titleKey: string },
): Promise<string | null> {
  const address = url === null ? null : oldAddressOf(url);
  if (address === null) return null;
  const paths = pathsLeadingTo(address);
  const found = await tx.oldAddress.findMany({ where: { host: address.host, path: { in: paths } } });
  const isNamed = ({ path }: OldAddress) => path === address.path || path.endsWith('/*');
  for (const row of found.toSorted((a, b) => paths.indexOf(a.path) - paths.indexOf(b.path)))
    if (isNamed(row) || (await tx.discussion.count({ where: { id: row.discussionId, titleKey } })) > 0)
      return row.discussionId;
  return null;
}
