import { badInput } from '../access/errors.ts';
import { authorResolvers } from '../forum/author/index.ts';
import { catalogResolvers } from '../forum/catalog/index.ts';
import { commentResolvers } from '../forum/comment/index.ts';
import { discussionResolvers } from '../forum/discussion/index.ts';
import { relatedResolvers } from '../forum/related/index.ts';
import { voteResolvers } from '../forum/vote/index.ts';
import type { Resolvers } from '../generated/graphql.ts';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../graphql/connections/page-args.ts';
import { accountResolvers } from '../identity/index.ts';
import { version } from '../package-root.ts';
import { previewLimitResolvers } from './limits/preview-resolvers.ts';
import { declaredLimits } from './limits/query-limits.ts';
import { shownRateLimits } from './limits/rate-limits.ts';
import { loadNode } from './node.ts';
import { scalars } from './scalars.ts';

const frameResolvers: Resolvers = {
  Query: {
    node: (_, { id }, ctx) => loadNode(ctx, id, 'id'),
    nodes: (_, { ids }, ctx) => {
      if (ids.length > PAGE_SIZE_MAX) {
        throw badInput(`\`ids\` has ${ids.length} members: the maximum is ${PAGE_SIZE_MAX}.`, 'ids');
      }
      // one promise a member: an unknown id fails alone, with null in its place and an error that has its path
      return ids.map((id, index) => loadNode(ctx, id, `ids.${index}`));
    },
    serverInfo: (_, __, ctx, { schema }) => ({
      name: 'Parley',
      version,
      now: ctx.now(),
      pageSizeDefault: PAGE_SIZE_DEFAULT,
      pageSizeMax: PAGE_SIZE_MAX,
      queryLimits: declaredLimits(schema),
      rateLimits: shownRateLimits(ctx, schema),
    }),
  },
};

/** Every room's resolvers, in the order of the rooms. Rooms may add fields to one another's types. */
export const resolvers: Resolvers[] = [
  scalars,
  frameResolvers,
  authorResolvers,
  accountResolvers,
  catalogResolvers,
  discussionResolvers,
  commentResolvers,
  relatedResolvers,
  voteResolvers,
  previewLimitResolvers,
];
