import type { Context } from '../../access/context.ts';
import { badInput, notFound } from '../../access/errors.ts';
import { chain } from '../../graphql/execution/sync-promise.ts';
import { rowIdOf } from '../../graphql/global-id.ts';
import {
  type DiscussionRow,
  loadDiscussion,
  loadDiscussionByExternalId,
  loadDiscussionBySlug,
} from './discussion-reads.ts';

interface Names {
  readonly id?: string | null | undefined;
  readonly slug?: string | null | undefined;
  readonly url?: string | null | undefined;
  readonly externalId?: string | null | undefined;
}

const NAMES = ['id', 'slug', 'url', 'externalId'] as const;

/** The discussion that exactly one of the names. Throws BAD_USER_INPUT or NOT_FOUND. */
export function findDiscussion(ctx: Context, names: Names): DiscussionRow | Promise<DiscussionRow> {
  const given = NAMES.filter((name) => typeof names[name] === 'string');
  const [name] = given;
  if (!name || given.length > 1) {
    throw badInput('Give exactly one of `id`, `slug`, `url` and `externalId`.', given[1] ?? 'id');
  }
  const value = names[name] ?? '';
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

/** A discussion's address on the site. */
export function discussionUrl(ctx: Pick<Context, 'siteUrl'>, slug: string): string {
  return `${ctx.siteUrl}/discussions/${slug}`;
}

/**
 * The slug in a discussion's address, with or without a query, a fragment or a slash at its end; null where the
 * address is not one of this site's discussions.
 */
export function slugInUrl(ctx: Pick<Context, 'siteUrl'>, url: string): string | null {
  const base = `${ctx.siteUrl}/discussions/`;
  if (!url.startsWith(base)) return null;
  const [slug = ''] = url.slice(base.length).split(/[?#]/, 1);
  const bare = slug.replace(/\/$/, '');
  return /^[a-z0-9-]+$/.test(bare) ? bare : null;
}
