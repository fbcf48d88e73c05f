import type { Block } from './blocks.ts';
import { headingName, isMetadataHeading, kindOf, numberOf } from './headings.ts';
import { itemsOf } from './metadata.ts';
import type { Outline, OutlineText } from './outline.ts';
import type { Source } from './source.ts';

/**
 * Holds that a document is imported completely or not at all. Throws ThreadDocumentError where a comment would be lost
 * or would become part of another text. Warns of text that is ignored, and of headings that are read as text.
 */
export function checkOutline(source: Source, blocks: readonly Block[], outline: Outline): void {
  checkText(source, blocks, outline.post, 0);
  outline.comments.forEach((comment, i) => void checkText(source, blocks, comment, i + 1));
  checkGaps(source, blocks, outline);
  checkSections(source, blocks, outline);
}

/** Two texts were merged if metadata stands within a text. */
function checkText(source: Source, blocks: readonly Block[], { body }: OutlineText, number: number): void {
  const text = number === 0 ? 'the post' : `comment ${number}`;
  for (let i = body.from; i < body.to; i++) {
    const block = blocks[i] as Block;
    if (block.kind !== 'heading') continue;
    if (isMetadataHeading(block) && metadataFollows(blocks, i, body.to)) {
      throw source.error(
        block.from,
        `this metadata stands within the text of ${text}: two texts would become one. Each comment begins with "### Comment N", directly after the metadata before it, and its metadata with "##### Comment Metadata".`,
      );
    }
    const kind = kindOf(block);
    const isOther =
      kind === 'comment' ? (numberOf(block) ?? 0) > number : kind === 'comments' || kind === 'related';
    if (isOther)
      source.warn(block.from, `"${block.text}" is not in its place; it is read as text of ${text}`);
  }
}

const KNOWN_KEY =
  /^(?:posted at|last edited at|net upvotes|author [a-z ]+|reply to|accepted answer|tags)\s*:/i;

function metadataFollows(blocks: readonly Block[], heading: number, end: number): boolean {
  let i = heading + 1;
  while (i < end && blocks[i]?.isSeparator) i++;
  const list = blocks[i];
  return i < end && list?.kind === 'list' && itemsOf(list).some(({ text }) => KNOWN_KEY.test(text));
}

/** Blocks that belong to nothing, between the post and the first comment. */
function checkGaps(source: Source, blocks: readonly Block[], outline: Outline): void {
  const { post, comments, sections } = outline;
  const covered = new Uint8Array(blocks.length);
  for (const { heading, body, metadata } of [post, ...comments])
    covered.fill(1, heading, Math.max(body.to, metadata?.to ?? 0));
  for (const { heading, content } of sections) covered.fill(1, heading, content.to);
  const lost = blocks.filter((block, i) => !covered[i] && !block.isSeparator && kindOf(block) !== 'comments');
  const [first] = lost;
  if (!first) return;
  const heading = lost.find(({ kind }) => kind === 'heading');
  const isLoneRemark =
    lost.length === 1 && (comments.length > 0 || !/\d/.test(source.lines.slice(first.from, first.to).join()));
  const isRemark = heading ? lost.length === 1 : isLoneRemark || comments.length > 0;
  if (!isRemark) {
    throw source.error(
      (heading ?? first).from,
      'this text stands before the first comment and would be lost: a comment begins with "### Comment N", and the first one has the number 1.',
    );
  }
  for (const { from } of lost) source.warn(from, 'this text belongs to no comment; it is ignored');
}

/** A section whose heading was meant for a comment. */
function checkSections(source: Source, blocks: readonly Block[], { sections }: Outline): void {
  let isRelated = false;
  for (const { heading } of sections) {
    const block = blocks[heading] as Block;
    isRelated ||= kindOf(block) === 'related';
    const isComment =
      isMetadataHeading(block) ||
      /^(?:comment|reply|answer)\b/.test(headingName(block)) ||
      (block.depth >= 3 && !isRelated);
    if (!isComment) continue;
    throw source.error(
      block.from,
      `"${block.text}" would be lost: a comment begins with "### Comment N" and the next number, directly after the metadata before it.`,
    );
  }
}
