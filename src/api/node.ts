import type { Context } from '../access/context.ts';
import { notFound } from '../access/errors.ts';
import { loadAuthor } from '../forum/author/index.ts';
import { categories, loadById, products, tags } from '../forum/catalog/index.ts';
import { loadComment } from '../forum/comment/index.ts';
import { loadDiscussion, loadDiscussionRevision } from '../forum/discussion/index.ts';
import { type NodeType, parseGlobalId } from '../graphql/global-id.ts';
import { ofType } from '../graphql/payload.ts';
import { loadApiKey, loadSession } from '../identity/index.ts';

/** How each kind of object is read by its row id. Every one applies its room's rules on what may be seen. */
const LOADERS = {
  Author: loadAuthor,
  Category: (ctx: Context, id: string) => loadById(ctx, categories, id),
  Product: (ctx: Context, id: string) => loadById(ctx, products, id),
  Tag: (ctx: Context, id: string) => loadById(ctx, tags, id),
  Discussion: loadDiscussion,
  Comment: loadComment,
  DiscussionRevision: loadDiscussionRevision,
  Session: loadSession,
  ApiKey: loadApiKey,
} satisfies Record<NodeType, (ctx: Context, id: string) => Promise<object | null>>;

type Row = NonNullable<Awaited<ReturnType<(typeof LOADERS)[NodeType]>>>;

/** Any object by its global id. Throws NOT_FOUND with `field` for an id that names nothing the viewer may see. */
export async function loadNode(
  ctx: Context,
  id: string,
  field: string,
): Promise<Row & { readonly __typename: NodeType }> {
  const parsed = parseGlobalId(id);
  const row = parsed && (await LOADERS[parsed.type](ctx, parsed.rowId));
  if (!row) throw notFound(`No object has the id "${id}".`, field);
  return ofType(row, parsed.type);
}
