import type { Block } from './blocks.ts';

/** What a heading may be in a document: `null` for any other block. */
export type HeadingKind = 'comments' | 'comment' | 'postMetadata' | 'commentMetadata' | 'related' | null;

const RELATED = new Set(['related product', 'related category', 'related discussions']);

/** The kind of a block, if it has the level and the words of one of the document's own headings. */
export function kindOf(block: Block): HeadingKind {
  if (block.kind !== 'heading') return null;
  const name = headingName(block);
  if (block.depth === 2 && /^comments(?: ?\(\d+\))?$/.test(name)) return 'comments';
  if (block.depth === 2 && RELATED.has(name)) return 'related';
  if (block.depth === 3 && numberOf(block) !== null) return 'comment';
  if (block.depth === 5 && name === 'post metadata') return 'postMetadata';
  if (block.depth === 5 && name === 'comment metadata') return 'commentMetadata';
  return null;
}

/** Whether a heading names a metadata section, at any level. */
export function isMetadataHeading(block: Block): boolean {
  return block.kind === 'heading' && /^(?:post|comment) metadata$/.test(headingName(block));
}

/** The number of a heading "Comment N", also as "comment #N" or "Comment 0N:". Null for other headings. */
export function numberOf(block: Block): number | null {
  const number = /^comment ?(?:#|no\.? ?)?0{0,8}([1-9]\d{0,8})$/.exec(headingName(block))?.[1];
  return number ? Number(number) : null;
}

/** The words of a heading in lower case, without emphasis and final punctuation, and with single spaces. */
export function headingName(block: Block): string {
  return block.text
    .replaceAll(/&nbsp;|&#160;|&#xa0;/gi, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s*_]+|[\s*_:.]+$/g, '');
}
