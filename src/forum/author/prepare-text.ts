import type { Context } from '../../access/context.ts';
import { type Rendering, renderMarkdown } from '../../text/markdown.ts';
import type { Mentioned } from '../../text/mentions.ts';
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
