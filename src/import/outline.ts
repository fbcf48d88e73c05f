import type { Block } from './blocks.ts';
import { type HeadingKind, kindOf, numberOf } from './headings.ts';
import type { Source } from './source.ts';

/** Block indexes from `from` to before `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A post or a comment: the blocks of its text and those of its metadata. */
export interface OutlineText {
  /** The index of its heading. */
  readonly heading: number;
  readonly body: Range;
  /** Null if it has no metadata section. */
  readonly metadata: Range | null;
}

export interface Outline {
  readonly post: OutlineText;
  readonly comments: readonly OutlineText[];
  /** The sections after the comments, each with the index of its heading and its content. */
  readonly sections: readonly { readonly heading: number; readonly content: Range }[];
}

/**
 * Separates the document's own headings from headings inside people's texts. The text of a heading is not enough:
 * someone may have written "### Comment 3" in a comment. Its position is harder to imitate: a comment's heading directly
 * follows the metadata of the text before it, and has the next number. So "Comment N" starts a comment if N is the next
 * number and only a metadata list, rules and HTML comments separate it from the heading before. If there is no such heading, the metadata
 * section is assumed to be missing (see `#looseComment`). A text's metadata is the last metadata section before the next
 * comment. Throws ThreadDocumentError if a number is out of order.
 */
export function outlineOf(source: Source, blocks: readonly Block[]): Outline {
  return new Outliner(source, blocks).outline();
}

class Outliner {
  readonly #source: Source;
  readonly #blocks: readonly Block[];
  readonly #kinds: readonly HeadingKind[];
  /** The headings "Comment N" by number. `firm` ones directly follow metadata. */
  readonly #numbered = new Map<number, { firm: number[]; loose: number[] }>();
  /** All headings that follow a comment's metadata, whatever their number. */
  readonly #firm: number[] = [];
  readonly #lastMetadata: number;

  constructor(source: Source, blocks: readonly Block[]) {
    this.#source = source;
    this.#blocks = blocks;
    this.#kinds = blocks.map((block, index) => (index === 0 ? null : kindOf(block)));
    this.#lastMetadata = this.#kinds.lastIndexOf('commentMetadata');
    this.#kinds.forEach((kind, index) => {
      if (kind === 'comment') this.#addNumbered(index);
    });
  }

  outline(): Outline {
    const headings = this.#commentHeadings();
    const end = this.#blocks.length;
    const last = headings.at(-1);
    const comments = headings.map((heading, i) =>
      this.#text(heading, headings[i + 1] ?? this.#tail(heading), 'commentMetadata'),
    );
    const first = headings[0];
    const anchor = first === undefined ? this.#emptyComments() : this.#anchor(first);
    const post = this.#text(0, anchor ?? this.#tail(0), 'postMetadata');
    const lastText = comments.at(-1) ?? post;
    const tailFrom = last === undefined && anchor !== null ? anchor + 1 : endOf(lastText);
    return { post, comments, sections: this.#sections(tailFrom, end) };
  }

  #addNumbered(index: number): void {
    const number = numberOf(this.#blocks[index] as Block) ?? 0;
    const entry = this.#numbered.get(number) ?? { firm: [], loose: [] };
    this.#numbered.set(number, entry);
    const isFirm =
      number === 1 ? this.#opensComments(index) : this.#followsMetadata(index, 'commentMetadata');
    (isFirm ? entry.firm : entry.loose).push(index);
    if (isFirm && number > 1) this.#firm.push(index);
  }

  /** Whether only lists and separators stand between a block and a metadata heading of this kind before it. */
  #followsMetadata(index: number, kind: HeadingKind): boolean {
    let i = index - 1;
    while (i > 0 && (this.#blocks[i]?.kind === 'list' || this.#blocks[i]?.isSeparator)) i--;
    return i > 0 && this.#kinds[i] === kind;
  }

  #opensComments(index: number): boolean {
    return this.#anchor(index) !== index || this.#followsMetadata(index, 'postMetadata');
  }

  #commentHeadings(): number[] {
    const found: number[] = [];
    for (let at = this.#firstComment(); at !== null; at = this.#next(found.length + 1, at)) found.push(at);
    const last = found.at(-1) ?? 0;
    const stray = this.#firm.find((index) => index > last);
    if (stray !== undefined) {
      const block = this.#blocks[stray] as Block;
      const expected = found.length + 1;
      throw this.#source.error(
        block.from,
        `comment ${numberOf(block)} was found where comment ${expected} was expected.`,
      );
    }
    return found;
  }

  /**
   * Prefers a heading under a "## Comments" that follows the post's metadata. A post may quote the beginning of another
   * document, so a heading before the post's own metadata belongs to the post.
   */
  #firstComment(): number | null {
    const { firm = [], loose = [] } = this.#numbered.get(1) ?? {};
    const isAfterPost = (index: number) => this.#nextMetadata(index) !== 'postMetadata';
    const best = firm.find((i) => isAfterPost(i) && this.#followsMetadata(this.#anchor(i), 'postMetadata'));
    return best ?? firm.find(isAfterPost) ?? loose.find(isAfterPost) ?? null;
  }

  #nextMetadata(index: number): HeadingKind {
    const isMetadata = (kind: HeadingKind) => kind === 'postMetadata' || kind === 'commentMetadata';
    return this.#kinds.find((kind, i) => i > index && isMetadata(kind)) ?? null;
  }

  #next(number: number, after: number): number | null {
    const { firm = [], loose = [] } = this.#numbered.get(number) ?? {};
    const next = firm.find((index) => index > after);
    return (
      next ??
      this.#looseComment(
        number,
        loose.find((index) => index > after),
      )
    );
  }

  /**
   * A heading without metadata before it. It starts a comment if a firm heading for the next number follows, or if no
   * metadata follows at all. Otherwise it is part of the previous comment, whose metadata is still to come.
   */
  #looseComment(number: number, index: number | undefined): number | null {
    if (index === undefined) return null;
    const isFollowed = (this.#numbered.get(number + 1)?.firm ?? []).some((next) => next > index);
    return isFollowed || this.#lastMetadata < index ? index : null;
  }

  /** Where the post ends: at the "## Comments" above the first comment, or at that comment's heading. */
  #anchor(firstComment: number): number {
    let i = firstComment - 1;
    while (i > 0 && this.#blocks[i]?.isSeparator) i--;
    return this.#kinds[i] === 'comments' ? i : firstComment;
  }

  /** The "## Comments" of a document without comments. Null if it has none. */
  #emptyComments(): number | null {
    const candidates = this.#kinds.flatMap((kind, index) => (kind === 'comments' ? [index] : []));
    const afterMetadata = candidates.find((index) => this.#followsMetadata(index, 'postMetadata'));
    if (afterMetadata !== undefined) return afterMetadata;
    const tail = this.#relatedTail(0);
    return candidates.find((index) => index + 1 === tail) ?? null;
  }

  /** Where the last text ends: after its metadata, or where the related links begin. */
  #tail(heading: number): number {
    const metadata = heading === 0 ? this.#kinds.lastIndexOf('postMetadata') : this.#lastMetadata;
    return metadata > heading ? this.#headingAfter(metadata) : this.#relatedTail(heading);
  }

  #relatedTail(after: number): number {
    let tail = this.#blocks.length;
    for (let i = tail - 1; i > after; i--) {
      if (this.#kinds[i] === 'related') tail = i;
      else if (this.#blocks[i]?.kind === 'heading') break;
    }
    return tail;
  }

  #headingAfter(index: number): number {
    let next = index + 1;
    while (next < this.#blocks.length && this.#blocks[next]?.kind !== 'heading') next++;
    return next;
  }

  #text(heading: number, end: number, kind: HeadingKind): OutlineText {
    let metadata = end - 1;
    while (metadata > heading && this.#kinds[metadata] !== kind) metadata--;
    if (metadata <= heading) return { heading, body: { from: heading + 1, to: end }, metadata: null };
    return {
      heading,
      body: { from: heading + 1, to: metadata },
      metadata: { from: metadata + 1, to: this.#headingAfter(metadata) },
    };
  }

  #sections(from: number, end: number): Outline['sections'] {
    const sections: { heading: number; content: Range }[] = [];
    for (let heading = this.#headingAfter(from - 1); heading < end; ) {
      const next = this.#headingAfter(heading);
      sections.push({ heading, content: { from: heading + 1, to: next } });
      heading = next;
    }
    return sections;
  }
}

function endOf(text: OutlineText): number {
  return (text.metadata ?? text.body).to;
}
