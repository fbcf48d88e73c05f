import type { Context } from '../../access/context.ts';
import { type Rendering, renderMarkdown } from '../../text/markdown.ts';
import type { Mentioned } from '../../text/mentions.ts';
import { charsOf, normalized, type TextRule, textFault } from '../../text/text-rules.ts';
import { findMentioned } from './mentions.ts';

/** A text, and all that is stored with it. */
export interface PreparedText {
  readonly body: string;
  readonly rendering: Rendering;
  readonly mentioned: Mentioned;
}

/** Renders a text, with the people whom it names today. Before the transaction: the longest take a quarter of a second. */
export async function prepareText(ctx: Context, body: string): Promise<PreparedText> {
  const mentioned = await findMentioned(ctx, body);
  return { body, mentioned, rendering: renderMarkdown(body, mentioned) };
}

/** What writing would make of a text. */
export interface TextPreview {
  readonly bodyHtml: string;
  readonly bodyText: string;
  readonly mentionedIds: readonly string[];
  /** Below 0: so many too many. */
  readonly bodyCharsLeft: number;
}

/** Renders a text as writing it would; nothing of it where the rule refuses it: such a text may be of any length. */
export async function previewText(ctx: Context, source: string, rule: TextRule): Promise<TextPreview> {
  const body = normalized(source);
  const bodyCharsLeft = rule.charsMax - charsOf(body);
  if (textFault(body, rule) !== null) return { bodyHtml: '', bodyText: '', mentionedIds: [], bodyCharsLeft };
  const { mentioned, rendering } = await prepareText(ctx, body);
  const mentionedIds = [...mentioned.values()].map(({ authorId }) => authorId);
  return { bodyHtml: rendering.html, bodyText: rendering.text, mentionedIds, bodyCharsLeft };
}
