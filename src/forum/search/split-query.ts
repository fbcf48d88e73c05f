// The first step of reading a query: its pieces, in their order.
import type { Span } from './query.ts';

/** A piece of a query as it is written. */
export interface Piece extends Span {
  readonly kind: 'word' | 'phrase' | 'open' | 'close' | 'and' | 'or' | 'not';
  /** The word without its minus, or what stands between the quotes. */
  readonly text: string;
  /** The name in front of a colon, in lower case. Null if there is none. */
  readonly key: string | null;
  /** What follows the colon. */
  readonly value: string;
  /** Whether a minus stands right before it. */
  readonly isNegated: boolean;
}

const PIECE =
  /(-?)(?:([()])|([\p{L}-]+):["“„«]([^"“”«»]*)["”“»]?|["“„«]([^"“”«»]*)["”“»]?|([^\s()"“”„«»]+))/gu;
const OPERATORS = new Map<string, 'and' | 'or' | 'not'>([
  ['AND', 'and'],
  ['OR', 'or'],
  ['NOT', 'not'],
]);

/** The pieces of a query. An open quote closes at the end. */
export function split(query: string): Piece[] {
  const pieces: Piece[] = [];
  PIECE.lastIndex = 0;
  for (let match = PIECE.exec(query); match; match = PIECE.exec(query)) pieces.push(pieceOf(match));
  return pieces;
}

function pieceOf(match: RegExpExecArray): Piece {
  const groups: readonly (string | undefined)[] = match;
  const [, minus = '', bracket, key, quoted = '', phrase, text = ''] = groups;
  if (bracket !== undefined) return piece(match, bracket === '(' ? 'open' : 'close', '');
  if (key !== undefined) return piece(match, 'phrase', `${key} ${quoted}`, key, quoted);
  if (phrase !== undefined) return piece(match, 'phrase', phrase);
  const operator = minus === '' ? OPERATORS.get(text) : undefined;
  if (operator) return piece(match, operator, '');
  const qualifier = text.includes(':') ? QUALIFIER.exec(text) : null;
  return piece(match, 'word', text, qualifier?.[1], qualifier?.[2]);
}

const QUALIFIER = /^([\p{L}-]+):(.*)$/su;

function piece(
  { 0: whole, 1: minus, index: start }: RegExpExecArray,
  kind: Piece['kind'],
  text: string,
  key?: string,
  value = '',
): Piece {
  const end = start + whole.length;
  return { kind, text, key: key?.toLowerCase() ?? null, value, isNegated: minus !== '', start, end };
}
