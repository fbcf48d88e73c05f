import type { Context } from '../access/context.ts';
import { notFound } from '../access/errors.ts';
import type { ResolversParentTypes } from '../generated/graphql.ts';
import { type NodeType, parseGlobalId } from '../graphql/global-id.ts';
import { ofType } from '../graphql/payload.ts';
import { modules } from './modules.ts';

type NodeRow = { [T in NodeType]: ResolversParentTypes[T] }[NodeType];

const NODES = new Map(modules.flatMap(({ nodes = {} }) => Object.entries(nodes)));

/** Loads an object by its global id. Throws NOT_FOUND with `field` if there is none that the viewer may see. */
export async function loadNode(
  ctx: Context,
  id: string,
  field: string,
): Promise<NodeRow & { readonly __typename: NodeType }> {
  const parsed = parseGlobalId(id);
  const row = parsed && (await NODES.get(parsed.type)?.load(ctx, parsed.rowId));
  if (!parsed || !row) throw notFound(`No object has the id "${id}".`, field);
  return ofType(row, parsed.type);
}
