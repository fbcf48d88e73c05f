import type { Context } from '../../access/context.ts';
import type { Rendering } from '../../text/markdown.ts';
import type { Mentioned } from '../../text/mentions.ts';
import { renderText } from '../../text/render-text.ts';
import { runInTurns } from '../../text/short-work.ts';
import { charsOf, normalized, type TextRule, textFault } from '../../text/text-rules.ts';
import { findMentioned } from './mentions.ts';

/** A text with its rendering and its mentions, ready to be stored. */
export interface PreparedText {
  readonly body: string;
  readonly rendering: Rendering;
  readonly mentioned: Mentioned;
}

/**
 * Renders a text and finds its mentions. Call it before the transaction: the longest texts take half a second in a worker
 * thread. `field` is the field of refusals.
 */
export async function prepareText(ctx: Context, body: string, field = 'input.body'): Promise<PreparedText> {
  const mentioned = await findMentioned(ctx, body, field);
  return { body, mentioned, rendering: await renderText(ctx, body, mentioned, field) };
}

/** A text as it would be stored. */
export interface TextPreview {
  readonly bodyHtml: string;
  readonly bodyText: string;
  readonly mentionedIds: readonly string[];
  /** Negative if the text is too long. */
  readonly bodyCharactersRemaining: number;
}

/** Renders a text as a mutation would. A text that breaks the rule is not rendered: it may have any length. */
export async function previewText(ctx: Context, source: string, rule: TextRule): Promise<TextPreview> {
  const { body, isRefused, bodyCharactersRemaining } = await runInTurns(() => checkBody(source, rule));
  if (isRefused) return { bodyHtml: '', bodyText: '', mentionedIds: [], bodyCharactersRemaining };
  const { mentioned, rendering } = await prepareText(ctx, body);
  const mentionedIds = [...mentioned.values()].map(({ authorId }) => authorId);
  return { bodyHtml: rendering.html, bodyText: rendering.text, mentionedIds, bodyCharactersRemaining };
}

function checkBody(source: string, rule: TextRule) {
  const body = normalized(source, rule.charsMax);
  return {
    body,
    isRefused: textFault(body, rule) !== null,
    bodyCharactersRemaining: rule.charsMax - charsOf(body),
  };
}
