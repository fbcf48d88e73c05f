// What a word of a query looks for.
import type { Leaf } from './query.ts';
import type { Piece } from './split-query.ts';
import { isUnspaced, joinedOf, type Token } from './tokens.ts';

/** Up to this length, a run of a script without blanks is taken for one word; a longer one for several. */
const UNSPACED_WORD_PAIRS_MAX = 3;

/**
 * The leaves of a word or phrase with some tokens. A word in several scripts, or a long one without blanks, has several.
 * `isTyped`: whether it may become longer.
 */
export function leavesOfPiece(piece: Piece, tokens: readonly Token[], isTyped: boolean): Leaf[] {
  const { text, kind, start, end } = piece;
  if (tokens.length === 0) return [];
  if (kind === 'phrase') {
    const terms = tokens.map(({ term }) => term);
    const isPrefix = isTyped && endsWithToken(text, tokens);
    return [{ kind: 'leaf', terms, joined: null, isPrefix, start, end }];
  }
  const runs = runsOf(tokens);
  return runs.map((run, i) => {
    const [joined] = run.length > 1 ? joinedOf(text, run) : [];
    const isIncomplete = isTyped && i === runs.length - 1;
    const [last] = run;
    // C+ on the way to C++
    const isPlus = isIncomplete && last && run.length === 1 && text.slice(last.end) === '+';
    if (last && isPlus)
      return { kind: 'leaf', terms: [last.term], joined: `${last.term}_p_p`, isPrefix: false, start, end };
    return {
      kind: 'leaf',
      terms: run.map(({ term }) => term),
      joined: joined && joined.from === 0 && joined.to === run.length ? joined.term : null,
      isPrefix: isIncomplete && endsWithToken(text, run),
      start,
      end,
    };
  });
}

/** The parts of a word in one script each; a long part without blanks gives each pair of its characters alone. */
function runsOf(tokens: readonly Token[]): Token[][] {
  const runs: Token[][] = [];
  for (const token of tokens) {
    const last = runs.at(-1);
    if (last?.[0] && isUnspaced(last[0].term) === isUnspaced(token.term)) last.push(token);
    else runs.push([token]);
  }
  return runs.flatMap((run) =>
    run.length > UNSPACED_WORD_PAIRS_MAX && isUnspaced(run[0]?.term ?? '')
      ? run.map((token) => [token])
      : [run],
  );
}

/** Whether nothing but a star follows the token: `kube` and `kube*` may become longer, `kube.` may not. */
function endsWithToken(text: string, run: readonly Token[]): boolean {
  const rest = text.slice(run.at(-1)?.end ?? 0);
  return (rest === '' || rest === '*') && !isUnspaced(run.at(-1)?.term ?? '');
}
