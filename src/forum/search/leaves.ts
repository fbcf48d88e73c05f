// The words and phrases of a query.
import type { Leaf, Matcher, Span } from './query.ts';

/** Every leaf of a matcher, with those that must not match. */
export function leavesOf(node: Matcher): readonly Leaf[] {
  if (node.kind === 'leaf') return [node];
  return [...node.nodes, ...(node.kind === 'all' ? node.except : [])].flatMap(leavesOf);
}

/** Every leaf of a matcher, without those that must not match. */
export function wantedLeaves(node: Matcher): readonly Leaf[] {
  return node.kind === 'leaf' ? [node] : node.nodes.flatMap(wantedLeaves);
}

/** The leaves without repetitions: a repeated word finds nothing else. */
export function distinctLeaves(leaves: readonly Leaf[]): readonly Leaf[] {
  if (leaves.length < 2) return leaves;
  const byText = new Map<string, Leaf>();
  for (const leaf of leaves) {
    const text = JSON.stringify([leaf.terms, leaf.joined, leaf.isPrefix]);
    if (!byText.has(text)) byText.set(text, leaf);
  }
  return [...byText.values()];
}

/** The part of a query from the first to the last word of some matchers. */
export function spanOf(nodes: readonly Matcher[]): Span {
  const leaves = nodes.flatMap(leavesOf);
  return {
    start: Math.min(...leaves.map(({ start }) => start)),
    end: Math.max(...leaves.map(({ end }) => end)),
  };
}
