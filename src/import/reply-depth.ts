import type { ThreadComment, ThreadDocument } from './thread-document.ts';

interface Placed {
  /** The number of the comment that it replies to. */
  readonly replyTo: number | null;
  readonly depth: number;
}

/**
 * Moves replies that are deeper than `depthMax` levels up: each replies to the nearest comment above it that may have
 * replies. A warning says how many there are.
 */
export function withinDepth(document: ThreadDocument, depthMax: number): ThreadDocument {
  const places = placesOf(document.comments, depthMax);
  const comments = document.comments.map((comment) => {
    const replyTo = places.get(comment.number)?.replyTo ?? null;
    return replyTo === comment.replyTo ? comment : { ...comment, replyTo };
  });
  const moved = comments.filter((comment, i) => comment !== document.comments[i]);
  const [first] = moved;
  if (!first) return document;
  const message = `replies deeper than ${depthMax} levels, which reply to a comment further up now: ${moved.length}`;
  const warnings = [...document.warnings, { line: first.line, message }];
  return { ...document, comments, warnings: warnings.sort((a, b) => a.line - b.line) };
}

/** Where each comment is, by its number. The one that it replies to may come later, and there are no circles. */
function placesOf(comments: readonly ThreadComment[], depthMax: number): Map<number, Placed> {
  const places = new Map<number, Placed>();
  for (const start of comments) {
    const unplaced: ThreadComment[] = [];
    for (let at: ThreadComment | undefined = start; at && !places.has(at.number); ) {
      unplaced.push(at);
      at = at.replyTo === null ? undefined : comments[at.replyTo - 1];
    }
    for (const { number, replyTo } of unplaced.reverse()) places.set(number, placeBelow(replyTo));
  }
  return places;

  function placeBelow(replyTo: number | null): Placed {
    const parent = replyTo === null ? undefined : places.get(replyTo);
    if (!parent || depthMax === 0) return { replyTo: null, depth: 0 };
    return parent.depth < depthMax ? { replyTo, depth: parent.depth + 1 } : parent;
  }
}
