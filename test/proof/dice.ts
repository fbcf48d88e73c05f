// What random histories know of the forum, and how they choose among it.

/** What a history has learnt from the answers that it got. */
export interface Known {
  readonly discussions: string[];
  readonly comments: { readonly id: string; readonly discussionId: string }[];
  /** Comments that have become the question of a discussion. */
  readonly removed: Set<string>;
  /** The first two are cleo's. */
  readonly drafts: string[];
}

/** Chooses for an action what to do it to, the same way every time: throw it again and it chooses another. */
export interface Dice {
  of<T>(choices: readonly T[]): T;
  discussion(): string;
  /** A discussion other than this one. */
  otherThan(discussionId: string): string;
  comment(): { readonly id: string; readonly discussionId: string };
  draft(): string;
}

/** Dice that fall as these numbers say. Throws if it is asked for something of which there is none. */
export function diceOf(known: Known, numbers: readonly number[]): Dice {
  let thrown = 0;
  const of = <T>(choices: readonly T[]): T => {
    const chosen = choices[(numbers[thrown++ % numbers.length] ?? 0) % choices.length];
    if (chosen === undefined) throw new Error('A history begins with discussions, comments and drafts.');
    return chosen;
  };
  const otherThan = (discussionId: string) => of(known.discussions.filter((id) => id !== discussionId));
  const { discussions, comments, drafts } = known;
  return {
    of,
    otherThan,
    discussion: () => of(discussions),
    comment: () => of(comments),
    draft: () => of(drafts),
  };
}

/** Takes up what an answer says is there. */
export function learn(known: Known, data: Record<string, unknown> | null | undefined): void {
  for (const payload of Object.values(data ?? {})) {
    const { discussion, comment, removedCommentId, draftEdge } = payload as {
      draftEdge?: { node: { id: string } } | null;
      removedCommentId?: string | null;
      discussion?: { id: string };
      comment?: { id: string; discussion: { id: string } };
    };
    if (draftEdge && !known.drafts.includes(draftEdge.node.id)) known.drafts.push(draftEdge.node.id);
    if (removedCommentId) known.removed.add(removedCommentId);
    if (discussion && !known.discussions.includes(discussion.id)) known.discussions.push(discussion.id);
    if (comment?.discussion && !known.comments.some(({ id }) => id === comment.id))
      known.comments.push({ id: comment.id, discussionId: comment.discussion.id });
  }
}
