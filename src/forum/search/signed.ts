// Parts of a query that are wanted or excluded.
import type { Matcher } from './query.ts';

/** A matcher, or what must not match. */
export interface Signed {
  readonly node: Matcher;
  readonly isNot: boolean;
}

/** What all parts find and none of the excluded. Null if there are no parts. */
export function allOf(parts: readonly Signed[]): Signed | null {
  const [only] = parts;
  if (parts.length <= 1) return only ?? null;
  const nodes = parts.filter(({ isNot }) => !isNot).map(({ node }) => node);
  const except = parts.filter(({ isNot }) => isNot).map(({ node }) => node);
  if (nodes.length === 0) return { node: { kind: 'any', nodes: except }, isNot: true };
  return { node: { kind: 'all', nodes, except }, isNot: false };
}
