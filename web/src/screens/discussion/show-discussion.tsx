import { notFound } from '../../api/api-error.ts';
import type { DiscussionPageQuery } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { discussionPath, inThread } from '../../parts/paths.ts';
import { canonicalUrl, DiscussionHead, titleOf, urlOf } from './discussion-head.tsx';
import { DiscussionView } from './discussion-view.tsx';
import { draftOn, isDeeper, leadToLinked } from './linked-comment.ts';
import { recordView } from './record-view.ts';
import { showThread } from './show-thread.tsx';
import type { Draft } from './thread-context.ts';
import { emptyDraft, readThreadQuery, threadPath } from './thread-query.ts';

const DiscussionPage = graphql(`
  query DiscussionPage(
    $slug: String!
    $orderBy: CommentOrder!
    $after: String
    $around: ID
    $linked: ID!
    $isLinked: Boolean!
    $isGuest: Boolean!
    $hasMenus: Boolean!
  ) {
    ...Frame
    ...Represented
    serverInfo {
      hasViewCounts
      isVotingWhenLockedAllowed
    }
    node(id: $linked) @include(if: $isLinked) {
      __typename
      ...LinkedComment
    }
    discussion(slug: $slug) {
      id
      slug
      ...DiscussionHead
      structuredData @include(if: $isGuest)
      ...Discussion
      mergedDiscussions(first: 20) {
        nodes {
          slug
          mergedComment {
            id
          }
        }
      }
      comments(first: 20, after: $after, around: $around, orderBy: $orderBy) {
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
              replies(first: 5, around: $around) {
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
  }
`);

/** The depth down to which the query has comments. */
const DEPTH_MAX = 3;

/** A discussion with its comments. `draft`: the answer to a form that was not posted. */
export async function showDiscussion(visit: Visit, draft: Draft | null = null): Promise<Answer> {
  const query = readThreadQuery(visit, draft);
  const data = await visit.askForMany(DiscussionPage, {
    slug: visit.params['slug'] ?? '',
    orderBy: query.orderBy,
    after: query.after,
    around: query.around,
    linked: query.around ?? '',
    isLinked: query.around !== null,
    // for search engines, which are guests
    isGuest: visit.token === null,
    hasMenus: visit.token !== null,
  });
  const { discussion } = data;
  if (!discussion) throw notFound();
  // it was merged into another one; that may be undone, so the address may be its own again
  if (discussion.slug !== visit.params['slug'] && draft === null) return toMerged(visit, discussion);
  const linked = data.node?.__typename === 'Comment' ? data.node : null;
  const lead = draft === null ? leadToLinked(visit, linked, discussion.id, DEPTH_MAX) : null;
  if (lead) return lead;
  const shown = draft && draftOn(linked, discussion.id, draft);
  if (shown?.replyToId && isDeeper(linked, discussion.id, DEPTH_MAX)) return showThread(visit, shown);
  await recordView(visit, data.serverInfo, discussion.id);
  const { pageInfo } = discussion.comments;
  const next = pageInfo.hasNextPage
    ? threadPath(visit, discussion.slug, query.order, pageInfo.endCursor ?? null)
    : null;
  return page({
    status: (draft?.problems.length ?? 0) > 0 ? 422 : 200,
    title: titleOf(discussion),
    viewer: viewerOf(data),
    isIndexed: true,
    head: (
      <DiscussionHead
        discussion={discussion}
        canonical={canonicalUrl(urlOf(discussion), query.after, query.order)}
        next={next}
        structuredData={discussion.structuredData}
      />
    ),
    view: (
      <DiscussionView
        discussion={discussion}
        comments={discussion.comments}
        query={query}
        next={next}
        first={pageInfo.hasPreviousPage ? threadPath(visit, discussion.slug, query.order) : null}
        draft={shown ?? emptyDraft(visit)}
        isVotingWhenLockedAllowed={data.serverInfo.isVotingWhenLockedAllowed}
        represented={data}
      />
    ),
  });
}

/** From the address of a merged discussion to the comment that its question has become, unless it names another one. */
function toMerged(
  { url, params }: Visit,
  { slug, mergedDiscussions }: NonNullable<DiscussionPageQuery['discussion']>,
): Answer {
  const merged = mergedDiscussions.nodes.find((one) => one.slug === params['slug']);
  return url.search === '' && merged?.mergedComment
    ? redirect(inThread(slug, merged.mergedComment.id))
    : redirect(discussionPath(slug) + url.search);
}
