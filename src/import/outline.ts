import type { Block } from './blocks.ts';

/** Blocks by their indexes; `to` is the first behind them. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A post or a comment: the blocks of its text and those of its metadata. */
export interface OutlineText {
  /** Its heading. */
  readonly heading: number;
  readonly body: Range;
  /** Null: it has no metadata section. */
  readonly metadata: Range | null;
}

export interface Outline {
  readonly post: OutlineText;
  readonly comments: readonly OutlineText[];
  /** What follows the comments: each its heading and what stands below it. */
  readonly sections: readonly { readonly heading: number; readonly content: Range }[];
}

const RELATED = new Set(['Related Product', 'Related Category', 'Related discussions']);

type Mark = 'comments' | 'comment' | 'postMetadata' | 'commentMetadata' | 'related' | null;

function markOf(block: Block): Mark {
  if (block.kind !== 'heading') return null;
  if (block.depth === 2 && block.text === 'Comments') return 'comments';
  if (block.depth === 2 && RELATED.has(block.text)) return 'related';
  if (block.depth === 3 && numberOf(block) !== null) return 'comment';
  if (block.depth === 5 && block.text === 'Post Metadata') return 'postMetadata';
  if (block.depth === 5 && block.text === 'Comment Metadata') return 'commentMetadata';
  return null;
}

/** The number of a heading "Comment N"; null: it is none. */
export function numberOf(block: Block): number | null {
  const match = /^Comment ([1-9]\d{0,8})$/.exec(block.text);
  return match ? Number(match[1]) : null;
}

/** Why a document has no outline, and the block that shows it. */
export class OutlineError extends Error {
  readonly block: number;

  constructor(block: number, message: string) {
    super(message);
    this.block = block;
  }
}

/**
 * Tells the document's headings from those that people wrote into their texts. The words of a heading are not
 * enough: somebody may have written "### Comment 3" in an answer. What people cannot easily write is the place: a
 * comment's heading stands directly behind the metadata of what comes before it, and has the next number. So a heading
 * "Comment N" counts where it is the next number and nothing but a metadata list separates it from the heading before.
 * Only where no such heading exists, a metadata section is taken to be missing (see `looseComment`). A text's metadata
 * is the last such section before the next comment. Throws OutlineError where the numbers do not fit.
 */
export function outlineOf(blocks: readonly Block[]): Outline {
  return new Outliner(blocks).outline();
}

class Outliner {
  readonly #blocks: readonly Block[];
  readonly #marks: readonly Mark[];
  /** The headings "Comment N" of each number: `firm` ones stand directly behind metadata. */
  readonly #numbered = new Map<number, { firm: number[]; loose: number[] }>();
  /** Those that follow a comment's metadata, whatever their number. */
  readonly #firm: number[] = [];
  readonly #lastMetadata: number;

  constructor(blocks: readonly Block[]) {
    this.#blocks = blocks;
    this.#marks = blocks.map((block, index) => (index === 0 ? null : markOf(block)));
    this.#lastMetadata = this.#marks.lastIndexOf('commentMetadata');
    this.#marks.forEach((mark, index) => {
      if (mark === 'comment') this.#note(index);
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

  #note(index: number): void {
    const number = numberOf(this.#blocks[index] as Block) ?? 0;
    const entry = this.#numbered.get(number) ?? { firm: [], loose: [] };
    this.#numbered.set(number, entry);
    const isFirm =
      number === 1 ? this.#opensComments(index) : this.#followsMetadata(index, 'commentMetadata');
    (isFirm ? entry.firm : entry.loose).push(index);
    if (isFirm && number > 1) this.#firm.push(index);
  }

  /** Whether nothing but lists stands between a block and the metadata heading before it. */
  #followsMetadata(index: number, mark: Mark): boolean {
    let i = index - 1;
    while (i > 0 && this.#blocks[i]?.kind === 'list') i--;
    return i > 0 && this.#marks[i] === mark;
  }

  #opensComments(index: number): boolean {
    return this.#marks[index - 1] === 'comments' || this.#followsMetadata(index, 'postMetadata');
  }

  #commentHeadings(): number[] {
    const found: number[] = [];
    for (let at = this.#firstComment(); at !== null; at = this.#next(found.length + 1, at)) found.push(at);
    const last = found.at(-1) ?? 0;
    const stray = this.#firm.find((index) => index > last);
    if (stray !== undefined) {
      const number = numberOf(this.#blocks[stray] as Block);
      throw new OutlineError(
        stray,
        `comment ${number} stands where comment ${found.length + 1} was expected.`,
      );
    }
    return found;
  }

  /**
   * Best is one under "## Comments" that follows the post's metadata. A post may quote the beginning of a document:
   * a heading that the post's own metadata comes after belongs to the post.
   */
  #firstComment(): number | null {
    const { firm = [], loose = [] } = this.#numbered.get(1) ?? {};
    const behindPost = (index: number) => this.#nextMetadata(index) !== 'postMetadata';
    const best = firm.find((i) => behindPost(i) && this.#followsMetadata(this.#anchor(i), 'postMetadata'));
    return best ?? firm.find(behindPost) ?? loose.find(behindPost) ?? null;
  }

  #nextMetadata(index: number): Mark {
    const isMetadata = (mark: Mark) => mark === 'postMetadata' || mark === 'commentMetadata';
    return this.#marks.find((mark, i) => i > index && isMetadata(mark)) ?? null;
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
   * A heading that no metadata stands before. It is a comment's where the one after it is firmly there, or where no
   * metadata follows at all; otherwise it is a heading in the text of the comment before, which the metadata closes.
   */
  #looseComment(number: number, index: number | undefined): number | null {
    if (index === undefined) return null;
    const isFollowed = (this.#numbered.get(number + 1)?.firm ?? []).some((next) => next > index);
    return isFollowed || this.#lastMetadata < index ? index : null;
  }

  /** Where the post ends: the "## Comments" over its first comment, or that comment's heading itself. */
  #anchor(firstComment: number): number {
    return this.#marks[firstComment - 1] === 'comments' ? firstComment - 1 : firstComment;
  }

  /** The "## Comments" of a document without comments; null: there is none. */
  #emptyComments(): number | null {
    const candidates = this.#marks.flatMap((mark, index) => (mark === 'comments' ? [index] : []));
    const behindMetadata = candidates.find((index) => this.#followsMetadata(index, 'postMetadata'));
    if (behindMetadata !== undefined) return behindMetadata;
    const tail = this.#relatedTail(0);
    return candidates.find((index) => index + 1 === tail) ?? null;
  }

  /** Where the last text ends: behind its metadata, otherwise where the related links begin. */
  #tail(heading: number): number {
    const metadata = heading === 0 ? this.#marks.lastIndexOf('postMetadata') : this.#lastMetadata;
    return metadata > heading ? this.#headingBehind(metadata) : this.#relatedTail(heading);
  }

  #relatedTail(after: number): number {
    let tail = this.#blocks.length;
    for (let i = tail - 1; i > after; i--) {
      if (this.#marks[i] === 'related') tail = i;
      else if (this.#blocks[i]?.kind === 'heading') break;
    }
    return tail;
  }

  #headingBehind(index: number): number {
    let next = index + 1;
    while (next < this.#blocks.length && this.#blocks[next]?.kind !== 'heading') next++;
    return next;
  }

  #text(heading: number, end: number, mark: Mark): OutlineText {
    let metadata = end - 1;
    while (metadata > heading && this.#marks[metadata] !== mark) metadata--;
    if (metadata <= heading) return { heading, body: { from: heading + 1, to: end }, metadata: null };
    return {
      heading,
      body: { from: heading + 1, to: metadata },
      metadata: { from: metadata + 1, to: this.#headingBehind(metadata) },
    };
  }

  #sections(from: number, end: number): Outline['sections'] {
    const sections: { heading: number; content: Range }[] = [];
    for (let heading = this.#headingBehind(from - 1); heading < end; ) {
      const next = this.#headingBehind(heading);
      sections.push({ heading, content: { from: heading + 1, to: next } });
      heading = next;
    }
    return sections;
  }
}

function endOf(text: OutlineText): number {
  return (text.metadata ?? text.body).to;
}
