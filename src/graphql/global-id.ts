import { notFound, type Refusal } from '../access/errors.ts';

/** The letters that global ids begin with, one kind of object each. Never reuse one: ids live in other people's data. */
const PREFIXES = {
  Author: 'A',
  Category: 'K',
  Product: 'P',
  Tag: 'T',
  Discussion: 'D',
  Comment: 'C',
  DiscussionRevision: 'R',
  Session: 'S',
  ApiKey: 'Y',
} as const;

export type NodeType = keyof typeof PREFIXES;

const TYPES = new Map<string, NodeType>(
  Object.entries(PREFIXES).map(([type, prefix]) => [prefix, type as NodeType]),
);

const SHAPE = /^([A-Z])_([0-9a-hjkmnp-tv-z]{26})$/;

/** The id that clients see, such as `D_01kb…`. Clients must not read it; it is plain so that a log can be read. */
export function globalId(type: NodeType, rowId: string): string {
  return `${PREFIXES[type]}_${rowId}`;
}

/** What a global id names; null where it is none. It does not say whether the row exists. */
export function parseGlobalId(id: string): { type: NodeType; rowId: string } | null {
  const match = SHAPE.exec(id);
  const type = match && TYPES.get(match[1] ?? '');
  return type && match[2] ? { type, rowId: match[2] } : null;
}

/** The row id in a global id of this type; null where it is none or one of another type. */
export function rowIdOf(type: NodeType, id: string): string | null {
  const parsed = parseGlobalId(id);
  return parsed?.type === type ? parsed.rowId : null;
}

/** The row id in an input's global id. Throws NOT_FOUND with the field where it is none or one of another type. */
export function requiredRowId(type: NodeType, id: string, field: string): string {
  const rowId = rowIdOf(type, id);
  if (rowId === null) throw unknownId(id, field);
  return rowId;
}

/** What is answered for an id that names nothing, or nothing that the viewer may see: one sentence for both. */
export function unknownId(id: string, field: string): Refusal {
  return notFound(`No object has the id "${id}".`, field);
}
