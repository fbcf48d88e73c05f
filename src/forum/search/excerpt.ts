// Excerpts of texts that show where the words of a query are.
import type { Occurrence } from './occurrences.ts';

export interface Highlight {
  readonly beginIndice: number;
  readonly endIndice: number;
  readonly text: string;
}

export interface Excerpt {
  readonly fragment: string;
  readonly highlights: readonly Highlight[];
}

/** The length of an excerpt in UTF-16 units, of which a part stands before the first word of the query. */
const UNITS_MAX = 200;
const UNITS_BEFORE = 60;
/** How far from its place an excerpt may begin or end, to do so between words. */
const SHIFT_MAX = 20;
const HIGHLIGHTS_MAX = 20;

/** The part of a text with the most different words of the query. Null if it has none of them. */
export function excerptOf(text: string, occurrences: readonly Occurrence[]): Excerpt | null {
  const first = bestStart(occurrences);
  if (!first) return null;
  const wanted =
    text.length <= UNITS_MAX ? 0 : Math.max(0, Math.min(first.start - UNITS_BEFORE, text.length - UNITS_MAX));
  const start = wanted === 0 ? 0 : afterBlank(text, wanted, first.start);
  const cut = Math.max(first.end, Math.min(text.length, start + UNITS_MAX));
  const end = cut === text.length ? cut : beforeBlank(text, cut, first.end);
  const highlights: Highlight[] = [];
  let last = start;
  for (const occurrence of occurrences) {
    const [from, to] = [occurrence.start, occurrence.end];
    if (from < last || to > end || highlights.length === HIGHLIGHTS_MAX) continue;
    highlights.push({ beginIndice: from - start, endIndice: to - start, text: text.slice(from, to) });
    last = to;
  }
  return { fragment: text.slice(start, end), highlights };
}

/** The occurrence from which on an excerpt has the most different words; the first of those with as many. */
function bestStart(occurrences: readonly Occurrence[]): Occurrence | null {
  let best: Occurrence | null = null;
  let most = 0;
  /** How often each leaf is among the occurrences from `from` to `to`. Both only move forward. */
  const counts = new Map<number, number>();
  let to = 0;
  for (const [from, occurrence] of occurrences.entries()) {
    to = Math.max(to, from);
    for (; to < occurrences.length; to++) {
      const next = occurrences[to] as Occurrence;
      if (next.end - occurrence.start > UNITS_MAX - UNITS_BEFORE) break;
      counts.set(next.leaf, (counts.get(next.leaf) ?? 0) + 1);
    }
    if (counts.size > most) [best, most] = [occurrence, counts.size];
    if (to === from) continue;
    const left = (counts.get(occurrence.leaf) ?? 0) - 1;
    if (left > 0) counts.set(occurrence.leaf, left);
    else counts.delete(occurrence.leaf);
  }
  return best;
}

function afterBlank(text: string, at: number, before: number): number {
  for (let i = at; i < Math.min(before, at + SHIFT_MAX); i++) if (/\s/.test(text.charAt(i))) return i + 1;
  return isInPair(text, at) ? at + 1 : at;
}

function beforeBlank(text: string, at: number, after: number): number {
  for (let i = at; i >= Math.max(after, at - SHIFT_MAX); i--) if (/\s/.test(text.charAt(i))) return i;
  return isInPair(text, at) ? at - 1 : at;
}

/** Whether a place divides a character of two units. */
function isInPair(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
