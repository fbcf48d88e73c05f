import { notFound } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { commentPath, discussionPath, withQuery } from '../../parts/paths.ts';
import { Tombstone } from '../gone/tombstone.tsx';
import { canonicalUrl, DiscussionHead, titleOf } from './discussion-head.tsx';
import { DiscussionView } from './discussion-view.tsx';
import { recordView } from './record-view.ts';
import type { Draft } from './thread-context.ts';
import { emptyDraft, readThreadQuery } from './thread-query.ts';

const ThreadPage = graphql(`
  query ThreadPage($id: ID!, $after: String, $around: ID, $hasMenus: Boolean!) {
    ...Frame
    ...Represented
    serverInfo {
      hasViewCounts
      isVotingWhenLockedAllowed
    }
    viewer {
      deletedComment(commentId: $id) {
        ...Tombstone
      }
    }
    node(id: $id) {
      __typename
      ... on Comment {
        id
        isDeleted
        descendantCount
        ...CommentItem
        discussion {
          id
          slug
          ...DiscussionHead
          ...Discussion
        }
        replies(first: 50, after: $after, around: $around) {
          totalCount
          pageInfo {
            endCursor
            hasNextPage
            hasPreviousPage
          }
          nodes {
            id
            descendantCount
            ...CommentItem
            replies(first: 10, around: $around) {
              totalCount
              nodes {
                id
                descendantCount
                ...CommentItem
                replies(first: 3, around: $around) {
                  totalCount
                  nodes {
                    id
                    descendantCount
                    ...CommentItem
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`);

/**
 * One comment with what is below it: where a deep or long thread continues. A deleted comment that still has replies
 * answers with 410 and the replies. `draft`: the answer to a form for a reply to the comment, which was not posted.
 */
export async function showThread(visit: Visit, draft: Draft | null = null): Promise<Answer> {
  const query = readThreadQuery(visit);
  const data = await visit.ask(ThreadPage, {
    id: draft?.replyToId ?? visit.params['id'] ?? '',
    after: draft ? null : query.after,
    around: draft ? null : query.around,
    hasMenus: visit.token !== null,
  });
  const comment = data.node?.__typename === 'Comment' ? data.node : null;
  if (!comment) throw notFound();
  const { discussion, replies } = comment;
  const path = commentPath(discussion.slug, comment.id);
  // it was merged, or split off; both may be undone
  if (draft === null && discussion.slug !== visit.params['slug']) return redirect(path + visit.url.search);
  await recordView(visit, data.serverInfo, discussion.id);
  const deleted = data.viewer?.deletedComment ?? null;
  const { endCursor = null, hasNextPage } = replies.pageInfo;
  const address = new URL(path, visit.site.url);
  const next = hasNextPage ? withQuery(address, { after: endCursor }) : null;
  const canonical = canonicalUrl(address.href, query.after, 'best');
  return page({
    status: comment.isDeleted ? 410 : (draft?.problems.length ?? 0) > 0 ? 422 : 200,
    title: titleOf(discussion),
    viewer: viewerOf(data),
    isIndexed: !comment.isDeleted,
    head: <DiscussionHead discussion={discussion} canonical={canonical} next={next} />,
    view: (
      <DiscussionView
        discussion={discussion}
        comments={{ totalCount: 1, nodes: [{ ...comment, isPaged: true }] }}
        query={query}
        next={next}
        first={replies.pageInfo.hasPreviousPage ? path : discussionPath(discussion.slug)}
        draft={draft ?? emptyDraft(visit)}
        isVotingWhenLockedAllowed={data.serverInfo.isVotingWhenLockedAllowed}
        represented={data}
        above={comment.isDeleted && <Tombstone id={comment.id} slug={discussion.slug} deleted={deleted} />}
      />
    ),
  });
}
