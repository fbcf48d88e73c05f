import { insertNew, statement, type Transaction } from '../../store/index.ts';
import { URL_CHARS_MAX } from '../../text/url-rule.ts';

/** An address of an imported discussion in the forum that it came from. */
export interface OldAddress {
  /** The path and the query, without a slash at the end of the path. */
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

/** Adds the old addresses of a discussion. One that another discussion has stays with it. Returns the number of new ones. */
export async function addOldAddresses(
  tx: Transaction,
  discussionId: string,
  addresses: readonly OldAddress[],
): Promise<number> {
  let added = 0;
  for (const address of addresses)
    if (await insertNew(tx, 'old_address', { ...address, discussionId })) added++;
  return added;
}

interface Found {
  readonly id: string;
  readonly host: string;
  readonly path: string;
}

/** The visible discussions that had one of these paths in an old forum. */
export const byOldPath = statement<Found>(
  'discussion.byOldPath',
  (d) => `SELECT a.discussion_id AS "id", a.host, a.path FROM old_address a
    JOIN discussion t ON t.id = a.discussion_id AND t.deleted_at IS NULL
    WHERE ${d.inList('a.path')} ORDER BY a.path, a.host, a.discussion_id`,
  { table: 'old_address', by: ['path'], columns: [] },
  { table: 'discussion', id: 'id', columns: ['deleted_at'] },
);

/**
 * The one of some found addresses that a URL means: with its query before without, of its host before one whose host is
 * not known, and that before one of another host.
 */
export function bestMatch(found: readonly Found[], { path, host }: OldAddress): string | null {
  const rank = (one: Found) =>
    (one.path === path ? 0 : 4) + (one.host === host ? 0 : one.host === '' ? 1 : 2);
  return found.toSorted((a, b) => rank(a) - rank(b))[0]?.id ?? null;
}

/** The paths under which a URL is looked up: its own, and the one without the query. */
export function pathsOf({ path }: OldAddress): string[] {
  const bare = path.replace(/\?.*$/s, '');
  return bare === path || bare === '' ? [path] : [path, bare];
}
