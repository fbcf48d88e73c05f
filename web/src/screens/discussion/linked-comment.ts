import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { type Redirect, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { commentPath, discussionPath } from '../../parts/paths.ts';
import type { Draft } from './thread-context.ts';

const Linked = graphql(`
  fragment LinkedComment on Comment {
    id
    depth
    isDeleted
    replyToId
    discussion {
      id
      slug
    }
  }
`);

/** The comment that an address names, or that a form replies to. Null if there is none. */
export type LinkedRef = FragmentType<typeof Linked> | null;

/** Whether a comment of this discussion is deeper than the page shows them. */
export function isDeeper(ref: LinkedRef, discussionId: string, depthMax: number): boolean {
  const linked = readFragment(Linked, ref);
  return linked?.discussion.id === discussionId && linked.depth > depthMax;
}

/**
 * To the page that has the linked comment in view: that of the comment above it, or of the discussion that it is in since a
 * split. Null if this page has it, or none has.
 */
export function leadToLinked(
  { url }: Visit,
  ref: LinkedRef,
  discussionId: string,
  depthMax: number,
): Redirect | null {
  const linked = readFragment(Linked, ref);
  if (linked === null) return null;
  const { id, replyToId, discussion } = linked;
  const rest = `${url.search}#${id}`;
  if (discussion.id !== discussionId) return redirect(discussionPath(discussion.slug) + rest);
  if (!isDeeper(ref, discussionId, depthMax)) return null;
  return redirect(commentPath(discussion.slug, replyToId ?? id) + rest);
}

/**
 * What was typed, as a page can show it: if the comment that it replies to is gone, the text is in the form for an answer,
 * with what is wrong.
 */
export function draftOn(ref: LinkedRef, discussionId: string, draft: Draft): Draft {
  const linked = readFragment(Linked, ref);
  const hasPlace = linked?.discussion.id === discussionId && !linked.isDeleted;
  return hasPlace ? draft : { ...draft, replyToId: null };
}
