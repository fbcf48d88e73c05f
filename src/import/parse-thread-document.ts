import { COMMENT_BODY } from '../forum/comment/index.ts';
import { DISCUSSION_BODY, DISCUSSION_TITLE } from '../forum/discussion/index.ts';
import { normalized, type TextRule, textFault } from '../text/text-rules.ts';
import { type Block, blocksOf } from './blocks.ts';
import { checkOutline } from './check-outline.ts';
import { refuseForeign } from './foreign.ts';
import { headingName, kindOf } from './headings.ts';
import { readLink, readRelated } from './links.ts';
import { Metadata } from './metadata.ts';
import { type Outline, type OutlineText, outlineOf, type Range } from './outline.ts';
import { checkComments, readComment, readPost } from './post-and-comments.ts';
import { Source } from './source.ts';
import type { ThreadDocument } from './thread-document.ts';

/**
 * Parses a thread document (docs/thread-documents.md). Throws ThreadDocumentError with the file's name and the line if it
 * is not one or is invalid. Parts that can be ignored are ignored and reported in `warnings`, as are times after `asOf`,
 * when the document was captured (null: not known).
 */
export function parseThreadDocument(
  text: string,
  fileName: string,
  asOf: Date | null = null,
): ThreadDocument {
  const source = new Source(text, fileName);
  refuseForeign(source);
  const blocks = blocksOf(source.text);
  const title = readTitle(source, blocks);
  const outline = outlineIn(source, blocks);
  checkOutline(source, blocks, outline);
  const slice = ({ from, to }: Range) => blocks.slice(from, to);
  const fieldsOf = (of: OutlineText) => Metadata.ofBlocks(source, of.metadata ? slice(of.metadata) : []);
  const body = (of: OutlineText, rule: TextRule) => bodyOf(source, blocks, of, rule);

  const postBody = body(outline.post, DISCUSSION_BODY);
  const post = readPost(source, fieldsOf(outline.post), title, postBody, asOf);
  const comments = outline.comments.map((of, index) =>
    readComment(source, fieldsOf(of), index + 1, body(of, COMMENT_BODY), asOf),
  );
  checkComments(source, comments);
  const sections = readSections(source, blocks, outline, asOf);
  warnOfHiddenComments(source, blocks);
  return { post, comments, ...sections, warnings: source.warnings.sort((a, b) => a.line - b.line) };
}

function readTitle(source: Source, blocks: readonly Block[]): string {
  const [first] = blocks;
  if (first?.kind !== 'heading' || first.depth !== 1) {
    throw source.error(first?.from ?? 0, 'a thread document must begin with "# TITLE".');
  }
  const title = normalized(source.decodeLine(first.text), DISCUSSION_TITLE.charsMax);
  const fault = textFault(title, DISCUSSION_TITLE);
  if (fault !== null) throw source.error(first.from, fault);
  return title;
}

function outlineIn(source: Source, blocks: readonly Block[]): Outline {
  const outline = outlineOf(source, blocks);
  const isThread = outline.post.metadata ?? outline.comments[0] ?? outline.sections[0] ?? hasComments(blocks);
  if (isThread) return outline;
  throw source.error(
    0,
    'this is not a thread document: it has no "##### Post Metadata", "## Comments" or related link.',
  );
}

function hasComments(blocks: readonly Block[]): true | undefined {
  return blocks.some((block) => kindOf(block) === 'comments') || undefined;
}

/** The lines between a text's heading and the block that ends it. A text may be missing, but not break its rule. */
function bodyOf(source: Source, blocks: readonly Block[], of: OutlineText, rule: TextRule) {
  const heading = blocks[of.heading];
  const line = heading?.from ?? 0;
  const passage = source.passage(heading?.to ?? 0, blocks[of.body.to]?.from ?? source.lines.length);
  const body = normalized(passage, rule.charsMax);
  const fault = body === '' ? null : textFault(body, rule);
  if (fault !== null) throw source.error(line, fault);
  return { line: line + 1, body };
}

function readSections(source: Source, blocks: readonly Block[], outline: Outline, asOf: Date | null) {
  const found: Pick<ThreadDocument, 'product' | 'category' | 'related'> = {
    product: null,
    category: null,
    related: [],
  };
  const seen = new Set<string>();
  const sections = { ...found };
  for (const { heading, content } of outline.sections) {
    const block = blocks[heading] as Block;
    const within = blocks.slice(content.from, content.to).filter(({ isSeparator }) => !isSeparator);
    const name = headingName(block);
    if (seen.has(name))
      source.warn(block.from, `the section "${block.text}" occurs twice; the last one is used`);
    seen.add(name);
    if (block.depth === 2 && name === 'related product') sections.product = readLink(source, within);
    else if (block.depth === 2 && name === 'related category') sections.category = readLink(source, within);
    else if (block.depth === 2 && name === 'related discussions')
      sections.related = readRelated(source, within, asOf);
    else if (kindOf(block) !== 'comments') {
      source.warn(block.from, `the section "${block.text}" is unknown; it is ignored`);
    }
  }
  return sections;
}

/** A fence that one comment opens and another one closes turns the comments between them into code. */
function warnOfHiddenComments(source: Source, blocks: readonly Block[]): void {
  for (const { kind, from, to } of blocks) {
    if (kind !== 'fence') continue;
    const lines = source.lines.slice(from, to);
    const metadata = lines.indexOf('##### Comment Metadata');
    if (metadata !== -1 && lines.slice(metadata).some((line) => line.startsWith('### Comment '))) {
      source.warn(
        from,
        `lines ${from + 1} to ${to} are code that contains a comment; a fence may be closed too late`,
      );
    }
  }
}
