import { diffLines, diffWordsWithSpace } from 'diff';
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
  const parts = changes.map(
    ({ added, removed, value }): DiffPart => ({
      kind: added ? 'ADDED' : removed ? 'REMOVED' : 'SAME',
      text: value,
    }),
  );
  return parts.filter(({ text }) => text !== '');
}

/** The diff that removes and adds everything. */
export function wholeDiff(before: string, after: string): DiffPart[] {
  const parts: DiffPart[] = [
    { kind: 'REMOVED', text: before },
    { kind: 'ADDED', text: after },
  ];
  return parts.filter(({ text }) => text !== '');
}
