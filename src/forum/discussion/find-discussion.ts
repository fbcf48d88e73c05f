import type { Context } from '../../access/context.ts';
import { badInput, notFound } from '../../access/errors.ts';
import { chain } from '../../graphql/execution/index.ts';
import { rowIdOf } from '../../graphql/global-id.ts';
import { UNICODE_SLUG } from '../../text/slug.ts';
import {
  type DiscussionRow,
  loadDiscussion,
  loadDiscussionByExternalId,
  loadDiscussionBySlug,
} from './discussion-reads.ts';

interface Identifiers {
  readonly id?: string | null | undefined;
  readonly slug?: string | null | undefined;
  readonly url?: string | null | undefined;
  readonly externalId?: string | null | undefined;
}

const IDENTIFIERS = ['id', 'slug', 'url', 'externalId'] as const;

/** Finds a discussion by one of its identifiers. Throws BAD_USER_INPUT unless exactly one is given, or NOT_FOUND. */
export function findDiscussion(ctx: Context, by: Identifiers): DiscussionRow | Promise<DiscussionRow> {
  const given = IDENTIFIERS.filter((name) => typeof by[name] === 'string');
  const [name] = given;
  if (!name || given.length > 1) {
    throw badInput('Give exactly one of `id`, `slug`, `url` and `externalId`.', given[1] ?? 'id');
  }
  const value = by[name] ?? '';
  return chain(LOAD[name](ctx, value), (discussion) => {
    if (!discussion) throw notFound(`No discussion has the ${name} "${value}".`, name);
    return discussion;
  });
}

const LOAD = {
  id: (ctx: Context, id: string) => {
    const rowId = rowIdOf('Discussion', id);
    return rowId === null ? null : loadDiscussion(ctx, rowId);
  },
  slug: loadDiscussionBySlug,
  url: (ctx: Context, url: string) => {
    const slug = slugInUrl(ctx, url);
    return slug === null ? null : loadDiscussionBySlug(ctx, slug);
  },
  externalId: loadDiscussionByExternalId,
};

/** A discussion's URL on the site. */
export function discussionUrl(ctx: Pick<Context, 'siteUrl'>, slug: string): string {
  return `${ctx.siteUrl}/discussions/${encodeURIComponent(slug)}`;
}

/**
 * The slug in the URL of a discussion, which may have a query, a fragment and a trailing slash. Null if it is no URL of
 * this site's discussions.
 */
export function slugInUrl(ctx: Pick<Context, 'siteUrl'>, url: string): string | null {
  const base = `${ctx.siteUrl}/discussions/`;
  if (!url.startsWith(base)) return null;
  const [slug = ''] = url.slice(base.length).split(/[?#]/, 1);
  const bare = slug.replace(/\/$/, '');
  const decoded = decodedOf(bare);
  return UNICODE_SLUG.test(decoded) ? decoded : null;
}

function decodedOf(segment: string): string {
  try {
    return decodeURIComponent(segment).normalize('NFKC');
  } catch {
    return segment;
  }
}
