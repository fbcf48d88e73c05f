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
import { loadDiscussionByOldAddress } from './old-addresses.ts';

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
    return chain(slug === null ? null : loadDiscussionBySlug(ctx, slug), (discussion) =>
      discussion === null ? loadDiscussionByOldAddress(ctx, url) : discussion,
    );
  },
  externalId: loadDiscussionByExternalId,
};

/** The URL of a discussion's page. */
export function discussionUrl(ctx: Pick<Context, 'pages'>, slug: string): string {
  return ctx.pages.of('discussion', slug);
}

/**
 * The slug in the URL of a discussion's page, which may have a query, a fragment and a trailing slash. Null if it is
 * not the URL of such a page.
 */
export function slugInUrl(ctx: Pick<Context, 'pages'>, url: string): string | null {
  const slug = ctx.pages.nameIn('discussion', url)?.normalize('NFKC') ?? null;
  return slug !== null && UNICODE_SLUG.test(slug) ? slug : null;
}
