// What a search query says, after it is parsed: see parse-query.ts.

/** A span of the query in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A word, or words that stand next to each other. */
export interface Leaf extends Span {
  readonly kind: 'leaf';
  readonly terms: readonly string[];
  /** The parts of `node.js` as one term, or the term that `C+` is on the way to. Null: there is none. */
  readonly joined: string | null;
  /**
   * Whether longer words that begin with it count too: `kube*`, and the last word while it is typed. Of several words in a
   * row, the last one is incomplete.
   */
  readonly isPrefix: boolean;
}

/** Finds what all `nodes` find and none of `except`. `nodes` is not empty. */
export interface All {
  readonly kind: 'all';
  readonly nodes: readonly Matcher[];
  readonly except: readonly Matcher[];
}

/** Finds what any of `nodes` finds. */
export interface Any {
  readonly kind: 'any';
  readonly nodes: readonly Matcher[];
}

/** What a text must contain. */
export type Matcher = Leaf | All | Any;

export type IssueCode =
  | 'UNKNOWN_QUALIFIER'
  | 'UNKNOWN_VALUE'
  | 'NOT_FOUND'
  | 'MALFORMED_VALUE'
  | 'TOO_MANY_TERMS'
  | 'TOO_DEEP'
  | 'TOO_LONG'
  | 'MISPLACED_NOT'
  | 'MISPLACED_QUALIFIER'
  | 'SIGN_IN_FIRST';

/** Something in a query that was not understood as it was written. */
export interface Issue extends Span {
  readonly code: IssueCode;
  readonly message: string;
}

export const FIELDS = ['title', 'body', 'comments'] as const;
export type Field = (typeof FIELDS)[number];

export const STATES = [
  'answered',
  'unanswered',
  'pinned',
  'locked',
  'unlocked',
  'closed',
  'open',
  'duplicate',
] as const;
export type State = (typeof STATES)[number];

/** A range of whole numbers or of instants in milliseconds. Null: no bound. Both bounds belong to it. */
export interface Range {
  readonly from: number | null;
  readonly to: number | null;
}

/** Several values in one qualifier: any of them. `isNot`: none of them. */
export interface Choice<T = string> extends Span {
  readonly values: readonly T[];
  readonly isNot: boolean;
}

export interface Filters {
  readonly category: readonly Choice[];
  readonly product: readonly Choice[];
  readonly tag: readonly Choice[];
  readonly author: readonly Choice[];
  readonly is: readonly Choice<State>[];
  readonly created: readonly { readonly range: Range; readonly isNot: boolean }[];
  readonly score: readonly { readonly range: Range; readonly isNot: boolean }[];
}

export interface SearchQuery {
  /** What the text must contain. Null: anything. */
  readonly matcher: Matcher | null;
  /** What the text must not contain, if there is no `matcher`. */
  readonly except: Matcher | null;
  /** Where the text is looked for. Never empty. */
  readonly fields: ReadonlySet<Field>;
  readonly filters: Filters;
  readonly issues: readonly Issue[];
}
