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
  return [...query.matchAll(PIECE)].flatMap((match) => pieceOf(match) ?? []);
}

function pieceOf({ 0: whole, 1: minus = '', index, ...groups }: RegExpMatchArray): Piece | null {
  const {
    2: bracket,
    3: key,
    4: quoted,
    5: phrase,
    6: word,
  } = groups as unknown as Record<number, string | undefined>;
  const start = index ?? 0;
  const piece = { text: '', key: null, value: '', isNegated: minus !== '', start, end: start + whole.length };
  if (bracket !== undefined) return { ...piece, kind: bracket === '(' ? 'open' : 'close' };
  if (key !== undefined)
    return {
      ...piece,
      kind: 'phrase',
      text: `${key} ${quoted}`,
      key: key.toLowerCase(),
      value: quoted ?? '',
    };
  if (phrase !== undefined) return { ...piece, kind: 'phrase', text: phrase };
  const text = word ?? '';
  const operator = minus === '' ? OPERATORS.get(text) : undefined;
  if (operator) return { ...piece, kind: operator };
  const [, name, value = ''] = /^([\p{L}-]+):(.*)$/su.exec(text) ?? [];
  return { ...piece, kind: 'word', text, key: name?.toLowerCase() ?? null, value };
}
