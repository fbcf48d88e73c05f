import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { withQuery } from '../../parts/paths.ts';
import { DiscussionHead, titleOf } from './discussion-head.tsx';
import { DiscussionView } from './discussion-view.tsx';
import type { Draft } from './thread-context.ts';
import { emptyDraft, readThreadQuery } from './thread-query.ts';

const DiscussionPage = graphql(`
  query DiscussionPage($slug: String!, $orderBy: CommentOrder!, $after: String) {
    ...Frame
    discussion(slug: $slug) {
      ...DiscussionHead
      ...Discussion
      comments(first: 20, after: $after, orderBy: $orderBy) {
        totalCount
        pageInfo {
          endCursor
          hasNextPage
        }
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
              replies(first: 5) {
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
  }
`);

/** A discussion with its comments. `draft`: the answer to a form that was not posted. */
export async function showDiscussion(visit: Visit, draft: Draft | null = null): Promise<Answer> {
  const query = readThreadQuery(visit);
  const data = await visit.ask(DiscussionPage, {
    slug: visit.params['slug'] ?? '',
    orderBy: query.orderBy,
    after: query.after,
  });
  const { discussion } = data;
  if (!discussion) throw new Error('The API has answered without an error and without the discussion.');
  const { pageInfo } = discussion.comments;
  const next = pageInfo.hasNextPage
    ? withQuery(visit.url, { after: pageInfo.endCursor ?? null, reply: null })
    : null;
  return page({
    status: (draft?.problems.length ?? 0) > 0 ? 422 : 200,
    title: titleOf(discussion),
    viewer: viewerOf(data),
    head: <DiscussionHead discussion={discussion} next={next} />,
    view: (
      <DiscussionView
        discussion={discussion}
        comments={discussion.comments}
        query={query}
        next={next}
        draft={draft ?? emptyDraft(visit)}
      />
    ),
  });
}
