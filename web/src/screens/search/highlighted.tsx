import type { ComponentChild } from 'preact';

/** A part of a text that matches the query, in UTF-16 code units. */
export interface Highlight {
  readonly beginIndice: number;
  readonly endIndice: number;
}

interface HighlightedProps {
  readonly text: string;
  readonly highlights: readonly Highlight[];
}

/** A text with its matches marked. */
export function Highlighted({ text, highlights }: HighlightedProps) {
  const parts: ComponentChild[] = [];
  let end = 0;
  for (const { beginIndice, endIndice } of highlights) {
    if (beginIndice < end) continue;
    parts.push(
      text.slice(end, beginIndice),
      <mark key={beginIndice}>{text.slice(beginIndice, endIndice)}</mark>,
    );
    end = endIndice;
  }
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
}
