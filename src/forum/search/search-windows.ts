// How far a search with several words reads.
import type { MaybePromise, RequestDatabase } from '../../store/index.ts';
import type { Kind } from './candidate-statements.ts';
import { isRare } from './candidates.ts';
import { leavesOf, wantedLeaves } from './leaves.ts';
import { matchOf, type Place, phrasesOf, type Wanted } from './match.ts';
import type { Leaf, Matcher } from './query.ts';
import type { Windows } from './windows.ts';

/** A word that at most this many texts have bounds what is read: an engine skips the other texts. */
const RARE_MAX = 2_000;
/** How many words of a query are looked up to find a rare one. */
const LOOKED_UP_MAX = 8;
/**
 * What an engine reads for a window, in texts times words: about 50 ms on SQLite at worst, where other requests wait for
 * it. Between windows they are answered.
 */
const WINDOW_WORK = 400_000;
const WINDOW_TEXTS_MIN = 5_000;
const WINDOW_TEXTS_MAX = 50_000;
/** The windows of a search with few words. One with many words has fewer. */
const WINDOWS_MAX = 8;
/** The words of all windows of a page together. */
const WORDS_OF_ALL_WINDOWS = 64;

/**
 * How far a search reads. Null: an engine reads little more than the matches, because there is only one word, or because
 * one of the words is rare.
 */
export function windowsFor(
  db: RequestDatabase,
  kind: Kind,
  wanted: Wanted,
  place: Place,
): MaybePromise<Windows | null> {
  const { matcher, authors } = wanted;
  const required = matcher === null ? [] : matcher.kind === 'all' ? matcher.nodes : [matcher];
  const isExcluding =
    wanted.except !== null ||
    (matcher?.kind === 'all' && matcher.except.length > 0) ||
    authors.some(({ isNot }) => isNot);
  const parts = required.length + authors.length;
  if (!isExcluding && parts <= 1 && required.every((node) => isUnion(node, wanted))) return null;
  return unlessRare(db, kind, wanted, place, required);
}

/** The windows of a search, unless one of the words or authors that each match has is rare. */
async function unlessRare(
  db: RequestDatabase,
  kind: Kind,
  wanted: Wanted,
  place: Place,
  required: readonly Matcher[],
): Promise<Windows | null> {
  const wantedAuthors = wanted.authors.filter(({ isNot }) => !isNot);
  const nothing = { matcher: null, except: null, completions: new Map(), authors: [] };
  const words = new Set(required.flatMap((node) => (node.kind === 'leaf' ? wordsOf(node) : [])));
  const alone = [...words].slice(0, LOOKED_UP_MAX).map((term): Wanted => {
    const leaf = { kind: 'leaf', terms: [term], joined: null, isPrefix: false, start: 0, end: 0 } as const;
    return { ...nothing, matcher: leaf };
  });
  for (const one of [...wantedAuthors.map((author) => ({ ...nothing, authors: [author] })), ...alone])
    if (await isRare(db, kind, matchOf(db.engine, one, place), RARE_MAX)) return null;
  const count = termsIn(wanted);
  return {
    count: Math.max(1, Math.min(WINDOWS_MAX, Math.floor(WORDS_OF_ALL_WINDOWS / count))),
    texts: Math.max(WINDOW_TEXTS_MIN, Math.min(WINDOW_TEXTS_MAX, Math.floor(WINDOW_WORK / count))),
  };
}

/** Whether the matches are those of some terms together, of which an engine reads no more than it returns. */
function isUnion(node: Matcher, wanted: Wanted): boolean {
  if (node.kind === 'leaf') return phrasesOf(node, wanted.completions).every((phrase) => phrase.length === 1);
  return node.kind === 'any' && node.nodes.every((one) => isUnion(one, wanted));
}

/** The terms that each match of a leaf has. */
const wordsOf = ({ terms, joined, isPrefix }: Leaf) =>
  joined !== null ? [] : isPrefix ? terms.slice(0, -1) : terms;

function termsIn({ matcher, except, completions, authors }: Wanted): number {
  const leaves = [
    ...(matcher === null ? [] : leavesOf(matcher)),
    ...(except === null ? [] : wantedLeaves(except)),
  ];
  return leaves.flatMap((leaf) => phrasesOf(leaf, completions).flat()).length + authors.length;
}
