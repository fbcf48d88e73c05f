import { ApiError } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
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
    node(id: $id) {
      __typename
      ... on Comment {
        id
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

/** One comment with what is below it: where a deep or long thread continues. */
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
  return page({
    title: titleOf(discussion),
    viewer: viewerOf(data),
    head: <DiscussionHead discussion={discussion} next={null} />,
    view: (
      <DiscussionView
        discussion={discussion}
        comments={{ totalCount: 1, nodes: [comment] }}
        query={readThreadQuery(visit)}
        next={null}
        isFirst={false}
        draft={emptyDraft(visit)}
      />
    ),
  });
}
