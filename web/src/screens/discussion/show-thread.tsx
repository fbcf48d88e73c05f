import { ApiError } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { Tombstone } from '../gone/tombstone.tsx';
import { DiscussionHead, titleOf } from './discussion-head.tsx';
import { DiscussionView } from './discussion-view.tsx';
import { recordView } from './record-view.ts';
import { emptyDraft, readThreadQuery } from './thread-query.ts';

const ThreadPage = graphql(`
  query ThreadPage($id: ID!, $hasMenus: Boolean!) {
    ...Frame
    serverInfo {
      hasViewCounts
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
        replies(first: 50) {
          totalCount
          nodes {
            id
            descendantCount
            ...CommentItem
            replies(first: 10) {
              totalCount
              nodes {
                id
                descendantCount
                ...CommentItem
                replies(first: 3) {
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
 * answers with 410 and the replies.
 */
export async function showThread(visit: Visit): Promise<Answer> {
  const data = await visit.ask(ThreadPage, {
    id: visit.params['id'] ?? '',
    hasMenus: visit.token !== null,
  });
  const comment = data.node?.__typename === 'Comment' ? data.node : null;
  if (!comment || comment.discussion.slug !== visit.params['slug'])
    throw new ApiError({ message: 'There is no such comment here.', extensions: { code: 'NOT_FOUND' } });
  const { discussion } = comment;
  await recordView(visit, data.serverInfo, discussion.id);
  const deleted = data.viewer?.deletedComment ?? null;
  return page({
    status: comment.isDeleted ? 410 : 200,
    title: titleOf(discussion),
    viewer: viewerOf(data),
    isIndexed: !comment.isDeleted,
    head: <DiscussionHead discussion={discussion} next={null} />,
    view: (
      <DiscussionView
        discussion={discussion}
        comments={{ totalCount: 1, nodes: [comment] }}
        query={readThreadQuery(visit)}
        next={null}
        isFirst={false}
        draft={emptyDraft(visit)}
        above={comment.isDeleted && <Tombstone id={comment.id} slug={discussion.slug} deleted={deleted} />}
      />
    ),
  });
}
