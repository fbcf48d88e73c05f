/** A text that is new or has changed, for modules that react to it in the same transaction. */
export interface WrittenText<Text> {
  /** The row id of the discussion or comment. */
  readonly id: string;
  readonly authorId: string | null;
  /** When it was written first, in milliseconds since 1970. */
  readonly createdAt: number;
  /** Null for a new one. */
  readonly before: Text | null;
  readonly after: Text;
}

/** The plain text of a comment. */
export interface PlainText {
  readonly bodyText: string;
}

/** The plain text of a discussion. */
export interface TitledText extends PlainText {
  readonly title: string;
}
