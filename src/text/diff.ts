import { setImmediate as nextTurn } from 'node:timers/promises';
import { diffWordsWithSpace } from 'diff';
import type { DiffPart } from '../generated/graphql.ts';

/**
 * The maximum number of changes in a word diff. The work grows with its square. Texts with more changes are shown as
 * removed and added as a whole.
 */
const EDITS_MAX = 2_000;

/**
 * The word diff of two texts, in reading order. The parts that are not ADDED join to `before`. The worst texts take a
 * quarter of a second each, so it yields to the event loop first.
 */
export async function textDiff(before: string, after: string): Promise<DiffPart[]> {
  await nextTurn();
  const changes = diffWordsWithSpace(before, after, { maxEditLength: EDITS_MAX });
  const parts: DiffPart[] = changes
    ? changes.map(({ added, removed, value }) => ({
        kind: added ? 'ADDED' : removed ? 'REMOVED' : 'SAME',
        text: value,
      }))
    : [
        { kind: 'REMOVED', text: before },
        { kind: 'ADDED', text: after },
      ];
  return parts.filter(({ text }) => text !== '');
}
