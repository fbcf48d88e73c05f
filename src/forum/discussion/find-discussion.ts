import type { Context } from '../../access/context.ts';
import { badInput, notFound } from '../../access/errors.ts';
import { chain } from '../../graphql/execution/index.ts';
import { rowIdOf } from '../../graphql/global-id.ts';
import {
  type DiscussionRow,
  loadDiscussion,
  loadDiscussionByExternalId,
  loadDiscussionBySlug,
} from './discussion-reads.ts';
import { slugInUrl } from './discussion-url.ts';

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
