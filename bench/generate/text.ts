import { readFileSync } from 'node:fs';
import { renderMarkdown } from '../forum-sources.ts';
import type { Random } from './random.ts';

const lines = readFileSync(new URL('words.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const lists = new Map(lines.map((line) => [line.split(': ')[0], line.split(': ')[1]?.split(', ')]));

/** What the generated questions are about. The sentences say nothing; their lengths are those of a forum. */
export const words = (what: string): readonly string[] => lists.get(what) ?? [];

/** 200 names, no two of them alike. */
export const productNames = words('product tails').flatMap((tail) =>
  words('product heads').map((head) => head + tail),
);

/** A question about a product. The number makes it the only one of its kind. */
export const question = (random: Random, product: string, number: number): string =>
  random
    .pick(words('questions'))
    .replace('PRODUCT', product)
    .replace('SUBJECT', random.pick(words('subjects')))
    .replace('AUDIENCE', `${random.pick(words('audiences'))} with ${number} seats`);

/** A body as it stands on a row. */
export type Body = Readonly<Record<'body' | 'bodyHtml' | 'bodyText', string>>;

/** Enough for no two comments of a page to be alike, few enough to be rendered in a second. */
const BLOCKS = 2_000;

/**
 * Returns a function that makes bodies of one to three blocks. The blocks are rendered once, by the project's own
 * renderer, and put together: top-level blocks of Markdown do not touch one another, so the result is what rendering
 * the whole would give.
 */
export function bodies(random: Random): () => Body {
  const blocks = Array.from({ length: BLOCKS }, () => block(random));
  return () => {
    const chosen = Array.from({ length: random.pick([1, 1, 1, 1, 2, 2, 3]) }, () => random.pick(blocks));
    const joined = (part: keyof Body, by: string) => chosen.map((one) => one[part]).join(by);
    return {
      body: joined('body', '\n\n'),
      bodyHtml: joined('bodyHtml', '\n'),
      bodyText: joined('bodyText', '\n'),
    };
  };
}

function block(random: Random): Body {
  const sentences = Array.from({ length: 1 + random.below(3) }, () =>
    ['openings', 'middles', 'endings'].map((part) => random.pick(words(part))).join(', '),
  );
  if (random.chance(0.1)) sentences[0] = `**${(sentences[0] ?? '').slice(0, -1)}.**`;
  const body = sentences.join(' ');
  const { html, text } = renderMarkdown(body);
  return { body, bodyHtml: html, bodyText: text };
}
