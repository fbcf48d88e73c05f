import { type Rendering, renderMarkdown } from '../../src/text/markdown.ts';
import type { Random } from './random.ts';
import { sentenceParts } from './words.ts';

/** A body as it stands on a row. */
export interface Body extends Rendering {
  readonly source: string;
}

/** Enough for no two comments of a page to be alike, few enough to be rendered in a second. */
const BLOCKS = 2_000;

/**
 * Writes bodies of one to three blocks. The blocks are rendered once, by the project's own renderer, and put together:
 * top-level blocks of Markdown do not touch one another, so the result is what rendering the whole would give.
 */
export function bodyWriter(random: Random): () => Body {
  const blocks = Array.from({ length: BLOCKS }, () => block(random));
  return () => {
    const chosen = Array.from({ length: 1 + Math.floor(3 * random.unit() ** 2) }, () => random.pick(blocks));
    return {
      source: chosen.map((one) => one.source).join('\n\n'),
      html: chosen.map((one) => one.html).join('\n'),
      text: chosen.map((one) => one.text).join('\n'),
    };
  };
}

function block(random: Random): Body {
  const sentences = Array.from({ length: 1 + random.below(3) }, () => sentence(random));
  if (random.chance(0.1)) sentences[0] = `**${(sentences[0] ?? '').slice(0, -1)}.**`;
  const source = sentences.join(' ');
  return { source, ...renderMarkdown(source) };
}

function sentence(random: Random): string {
  const { openings, middles, endings } = sentenceParts;
  return `${random.pick(openings)}, ${random.pick(middles)}, ${random.pick(endings)}`;
}
