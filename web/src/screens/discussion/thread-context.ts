import type { Problem } from '../../api/api-error.ts';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { Context } from '../../parts/context.ts';
import { usePage } from '../../parts/page-context.ts';
import { type Can, type Refusal, refusalOf } from '../../parts/permission.ts';

const ThreadFields = graphql(`
  fragment Thread on Discussion {
    id
    slug
    isLocked
    author {
      id
    }
    product {
      name
      slug
    }
    viewerCan {
      comment {
        isAllowed
        code
        message
      }
      split {
        isAllowed
      }
    }
    mergedDiscussions(first: 20) {
      nodes {
        title
        mergedComment {
          id
        }
      }
    }
  }
`);

/** A reply that is being written. */
export interface Draft {
  /** The comment that it replies to. Null at the top level. */
  readonly replyToId: string | null;
  readonly body: string;
  /** The text as HTML, if it was requested. */
  readonly previewHTML: string | null;
  readonly problems: readonly Problem[];
  /** Whether it is to be official. */
  readonly isOfficial?: boolean;
}

interface Thread {
  readonly discussionId: string;
  readonly slug: string;
  /** Who asked. Null if unknown. */
  readonly authorId: string | null;
  readonly productName: string | null;
  /** Why guests cannot write or vote here, even after signing in. Null if they can. */
  readonly lockReason: string | null;
  readonly voteLockReason: string | null;
  /** The name of the product, if the viewer represents it and can write official comments. */
  readonly officialOf: string | null;
  /** Why the viewer cannot comment here. */
  readonly refusal: Refusal | null;
  /** Whether the viewer can make a discussion of comments. Null if the discussion is not started yet. */
  readonly split: Can | null;
  /** The titles of the discussions whose questions have become comments here, by the ids of these. */
  readonly mergedTitles: ReadonlyMap<string, string>;
  readonly draft: Draft;
  /** The page with the form for a reply to a comment. */
  replyPath(id: string): string;
}

export const ThreadContext = new Context<Thread>();

export const Represented = graphql(`
  fragment Represented on Query {
    viewer {
      author {
        representedProducts {
          slug
        }
      }
    }
  }
`);

/** What the parts of a discussion's thread share. `discussion`: null if it is not started yet. */
export function threadOf(
  ref: FragmentType<typeof ThreadFields> | null,
  draft: Draft,
  replyPath: Thread['replyPath'],
  isVotingWhenLockedAllowed: boolean,
  represented: FragmentType<typeof Represented> | null = null,
): Thread {
  const { text } = usePage();
  const discussion = ref && readFragment(ThreadFields, ref);
  const { product = null } = discussion ?? {};
  const own = represented && readFragment(Represented, represented).viewer?.author.representedProducts;
  const lockReason = discussion?.isLocked ? text('notice.locked') : null;
  return {
    discussionId: discussion?.id ?? '',
    slug: discussion?.slug ?? '',
    authorId: discussion?.author?.id ?? null,
    productName: product?.name ?? null,
    officialOf: (own?.some(({ slug }) => slug === product?.slug) && product?.name) || null,
    lockReason,
    voteLockReason: lockReason === null || isVotingWhenLockedAllowed ? null : text('vote.locked'),
    refusal: discussion && refusalOf(discussion.viewerCan.comment, lockReason),
    split: discussion?.viewerCan.split ?? null,
    mergedTitles: new Map(
      discussion?.mergedDiscussions.nodes.map(({ title, mergedComment }) => [mergedComment?.id ?? '', title]),
    ),
    ...{ draft, replyPath },
  };
}

/** What the parts of a thread share. */
export function useThread(): Thread {
  const thread = ThreadContext.value;
  if (thread === null) throw new Error('useThread works only inside a thread.');
  return thread;
}
