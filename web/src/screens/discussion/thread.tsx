import type { ComponentChildren } from 'preact';
import type { CommentItemFragmentDoc } from '../../generated/graphql/graphql.ts';
import type { FragmentType } from '../../generated/graphql/index.ts';
import { Icon } from '../../parts/icon.tsx';
import { usePage } from '../../parts/page-context.ts';
import { commentPath } from '../../parts/paths.ts';
import { CommentItem } from './comment-item.tsx';
import { useThread } from './thread-context.ts';

/** A comment with as many levels of replies as the query has fetched. */
export interface Branch {
  readonly id: string;
  readonly descendantCount: number;
  /** Whether the pager of the page leads to its other replies. */
  readonly isPaged?: boolean;
  readonly replies?: { readonly totalCount: number; readonly nodes: readonly (Branch & ItemRef)[] };
}

export type ItemRef = FragmentType<typeof CommentItemFragmentDoc>;

/** Levels below this one are folded. */
const OPEN_DEPTH = 3;

interface BranchesProps {
  readonly branches: readonly (Branch & ItemRef)[];
  readonly depth?: number;
}

export function Branches({ branches, depth = 0 }: BranchesProps) {
  return (
    <>
      {branches.map((branch) => (
        <li key={branch.id}>
          <CommentItem comment={branch}>
            <Replies branch={branch} depth={depth} />
          </CommentItem>
        </li>
      ))}
    </>
  );
}

function Replies({ branch, depth }: { readonly branch: Branch; readonly depth: number }) {
  const { text } = usePage();
  const { slug } = useThread();
  if (branch.descendantCount === 0) return null;
  const link = (label: string) => (
    <a class="more" href={commentPath(slug, branch.id)}>
      {label}
    </a>
  );
  if (!branch.replies || branch.replies.nodes.length === 0)
    return (
      <div class="kids kids--link">{link(text('thread.continue', { count: branch.descendantCount }))}</div>
    );
  const hidden = branch.isPaged ? 0 : branch.replies.totalCount - branch.replies.nodes.length;
  return (
    <Fold count={branch.descendantCount} isOpen={depth < OPEN_DEPTH}>
      <ol role="list">
        <Branches branches={branch.replies.nodes} depth={depth + 1} />
        {hidden > 0 && <li>{link(text('thread.moreReplies', { count: hidden }))}</li>}
      </ol>
    </Fold>
  );
}

interface FoldProps {
  readonly count: number;
  readonly isOpen: boolean;
  readonly children: ComponentChildren;
}

function Fold({ count, isOpen, children }: FoldProps) {
  const { text } = usePage();
  return (
    <details class="kids" open={isOpen}>
      <summary>
        <span class="knob">
          <span class="plus">
            <Icon name="plus" />
          </span>
          <span class="hide">
            <Icon name="minus" />
          </span>
        </span>
        <span class="show">{text('thread.show', { count })}</span>
        <span class="hide">{text('thread.hide', { count })}</span>
      </summary>
      {children}
    </details>
  );
}
