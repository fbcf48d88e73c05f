import { excerpt, notFound, type Refusal } from '../access/errors.ts';
import type { NodeResolvers } from '../generated/graphql.ts';

/** The types of schema.graphql that implement `Node`. */
export type NodeType = Extract<Awaited<ReturnType<NodeResolvers['__resolveType']>>, string>;

const PREFIXES = new Map<NodeType, string>();
const TYPES = new Map<string, NodeType>();

/** Gives a type's global ids their prefix. `defineModule` calls it for each node of a module. */
export function registerPrefix(type: NodeType, prefix: string): void {
  const other = TYPES.get(prefix) ?? type;
  if (other !== type || !/^[A-Z]$/.test(prefix))
    throw new Error(
      `${type} needs a prefix of its own, one capital letter: "${prefix}" is that of ${other}.`,
    );
  PREFIXES.set(type, prefix);
  TYPES.set(prefix, type);
}

const SHAPE = /^([A-Z])_([0-9a-hjkmnp-tv-z]{26})$/;

/** The id that clients see, such as `D_01kb…`. It is opaque to clients, and readable in a log. */
export function globalId(type: NodeType, rowId: string): string {
  const prefix = PREFIXES.get(type);
  if (!prefix) throw new Error(`No module that is loaded has ${type} among the nodes of its index.ts.`);
  return `${prefix}_${rowId}`;
}

/** The type and the row id in a global id; null if it is malformed. The row need not exist. */
export function parseGlobalId(id: string): { type: NodeType; rowId: string } | null {
  const match = SHAPE.exec(id);
  const type = match && TYPES.get(match[1] ?? '');
  return type && match[2] ? { type, rowId: match[2] } : null;
}

/** The row id in a global id of this type; null if it is malformed or of another type. */
export function rowIdOf(type: NodeType, id: string): string | null {
  const parsed = parseGlobalId(id);
  return parsed?.type === type ? parsed.rowId : null;
}

/** The row id in an input's global id. Throws NOT_FOUND with the field if it is malformed or of another type. */
export function requiredRowId(type: NodeType, id: string, field: string): string {
  const rowId = rowIdOf(type, id);
  if (rowId === null) throw unknownId(id, field);
  return rowId;
}

/** The refusal for an id of nothing, and for one of something that the viewer may not see: the same for both. */
export function unknownId(id: string, field: string): Refusal {
  return notFound(`No object has the id "${excerpt(id)}".`, field);
}
