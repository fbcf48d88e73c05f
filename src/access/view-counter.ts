/** Counts the views of discussions. src/forum/view implements it. */
export interface ViewCounter {
  /**
   * Counts a view of a discussion, which the caller has found. Does nothing if the viewer has viewed it a short time ago.
   * `viewer` is `Context.countedAs`. The view is written later, in a batch.
   */
  count(discussionId: string, viewer: string): void;
}
