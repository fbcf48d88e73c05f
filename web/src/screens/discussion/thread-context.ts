import type { Problem } from '../../api/api-error.ts';
import { Context } from '../../parts/context.ts';

/** A reply that is being written. */
export interface Draft {
  /** The comment that it replies to. Null at the top level. */
  readonly replyToId: string | null;
  readonly body: string;
  readonly isOfficial: boolean;
  /** The text as HTML, if it was requested. */
  readonly previewHTML: string | null;
  readonly problems: readonly Problem[];
}

interface Thread {
  readonly discussionId: string;
  readonly slug: string;
  /** Who asked. Null if unknown. */
  readonly authorId: string | null;
  readonly productName: string | null;
  /** Whether the viewer may mark comments as official. */
  readonly maySpeak: boolean;
  readonly draft: Draft;
  /** The page with the form for a reply to a comment. */
  replyPath(id: string): string;
}

export const ThreadContext = new Context<Thread>();

/** What the parts of a thread share. */
export function useThread(): Thread {
  const thread = ThreadContext.value;
  if (thread === null) throw new Error('useThread works only inside a thread.');
  return thread;
}
