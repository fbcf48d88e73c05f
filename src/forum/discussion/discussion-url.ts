import type { Context } from '../../access/context.ts';

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
