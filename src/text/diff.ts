import { setImmediate as nextTurn } from 'node:timers/promises';
import { diffWordsWithSpace } from 'diff';
import type { DiffPart } from '../generated/graphql.ts';

/**
 * Above this many changes the shortest difference takes longer to find than anybody would read it: the work grows with
 * the square of this, and the two texts are then shown as wholly different.
 */
const EDITS_MAX = 2_000;

/**
 * What an edit did to a text, word by word, in reading order. The parts that are not ADDED, joined, are `before`. The
 * worst texts take a quarter of a second each: between two, other requests have their turn.
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
