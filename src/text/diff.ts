import { type Change, diffLines, diffWordsWithSpace } from 'diff';
import type { DiffPart } from '../generated/graphql.ts';

/**
 * The maximum number of changes in a diff. The work grows with its square: this many take a tenth of a second in the
 * longest texts.
 */
const EDITS_MAX = 1_000;

/**
 * The diff of two texts, in reading order: by words, by lines if too many words differ, and as a whole if too many lines
 * do. The parts that are not ADDED join to `before`, and those that are not REMOVED to `after`.
 */
export function textDiff(before: string, after: string): DiffPart[] {
  const limits = { maxEditLength: EDITS_MAX };
  const changes = diffWordsWithSpace(before, after, limits) ?? diffLines(before, after, limits);
  if (!changes) return wholeDiff(before, after);
  return withText(changes.map((change) => ({ kind: kindOf(change), text: change.value })));
}

/** The diff that removes and adds everything. */
export function wholeDiff(before: string, after: string): DiffPart[] {
  return withText([
    { kind: 'REMOVED', text: before },
    { kind: 'ADDED', text: after },
  ]);
}

function kindOf({ added, removed }: Change): DiffPart['kind'] {
  if (added) return 'ADDED';
  return removed ? 'REMOVED' : 'SAME';
}

function withText(parts: DiffPart[]): DiffPart[] {
  return parts.filter(({ text }) => text !== '');
}
