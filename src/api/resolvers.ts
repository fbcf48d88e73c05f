import type { Context } from '../access/context.ts';
import { badInput, excerpt, notFound } from '../access/errors.ts';
import type { Resolvers, ResolversParentTypes } from '../generated/graphql.ts';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../graphql/connections/page-args.ts';
import { type NodeType, parseGlobalId } from '../graphql/global-id.ts';
import { ofType } from '../graphql/payload.ts';
import { version } from '../package-root.ts';
import { previewLimitResolvers } from './limits/preview-resolvers.ts';
import { declaredLimits } from './limits/query-limits.ts';
import { rateLimitsForClients } from './limits/rate-limits.ts';
import { modules } from './modules.ts';
import { scalars } from './scalars.ts';

type NodeRow = { [T in NodeType]: ResolversParentTypes[T] }[NodeType];

const NODES = new Map(modules.flatMap(({ nodes = {} }) => Object.entries(nodes)));

/** Loads an object by its global id. Throws NOT_FOUND with `field` if there is none that the viewer may see. */
async function loadNode(
  ctx: Context,
  id: string,
  field: string,
): Promise<NodeRow & { readonly __typename: NodeType }> {
  const parsed = parseGlobalId(id);
  const row = parsed && (await NODES.get(parsed.type)?.load(ctx, parsed.rowId));
  if (!parsed || !row) throw notFound(`No object has the id "${excerpt(id)}".`, field);
  return ofType(row, parsed.type);
}

const apiResolvers: Resolvers = {
  Query: {
    node: (_, { id }, ctx) => loadNode(ctx, id, 'id'),
    nodes: (_, { ids }, ctx) => {
      if (ids.length > PAGE_SIZE_MAX) {
        throw badInput(`\`ids\` has ${ids.length} members: the maximum is ${PAGE_SIZE_MAX}.`, 'ids');
      }
      // one promise for each id: an unknown one fails alone, as null with an error that has its path
      return ids.map((id, index) => loadNode(ctx, id, `ids.${index}`));
    },
    serverInfo: () => ({}),
  },
  ServerInfo: {
    name: () => 'Parley',
    siteName: (_, __, ctx) => ctx.policy.siteName,
    version: () => version,
    now: (_, __, ctx) => ctx.now(),
    defaultPageSize: () => PAGE_SIZE_DEFAULT,
    maxPageSize: () => PAGE_SIZE_MAX,
    languages: () => ['en'],
    // nothing in the API takes a file
    maxUploadBytes: () => 0,
    queryLimits: (_, __, ___, { schema }) => declaredLimits(schema),
    rateLimits: (_, __, ctx, { schema }) => rateLimitsForClients(ctx, schema),
  },
};

/** The resolvers of the API itself and of every module. */
export const resolvers: Resolvers[] = [
  scalars,
  apiResolvers,
  ...modules.map((module) => module.resolvers),
  previewLimitResolvers,
];
