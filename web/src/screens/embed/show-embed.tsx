import { notFound } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { draftOn, isDeeper } from '../discussion/linked-comment.ts';
import type { Draft } from '../discussion/thread-context.ts';
import { emptyDraft } from '../discussion/thread-query.ts';
import { type EmbedQuery, framePath, readEmbedQuery } from './embed-query.ts';
import { EmbedView } from './embed-view.tsx';

const EmbedPage = graphql(`
  query EmbedPage(
    $externalId: String!
    $after: String
    $around: ID
    $linked: ID!
    $isLinked: Boolean!
    $hasMenus: Boolean!
  ) {
    ...Frame
    serverInfo {
      isVotingWhenLockedAllowed
    }
    node(id: $linked) @include(if: $isLinked) {
      __typename
      ... on Comment {
        ...LinkedComment
        replyTo {
          id
          descendantCount
          ...CommentItem
          replies(first: 10, around: $around) {
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
    discussion(externalId: $externalId) {
      id
      url
      ...EmbeddedDiscussion
      comments(first: 20, after: $after, around: $around, orderBy: BEST) {
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
`);

/** The depth down to which the query has comments, except for a linked one. */
const DEPTH_MAX = 2;

/** For a page that nobody has commented on. */
const EmptyPage = graphql(`
  query EmptyPage {
    ...Frame
    serverInfo {
      reservedExternalIdPrefixes
    }
  }
`);

/** The discussion of a page of another site, without its question: that is the page. */
export async function showEmbed(visit: Visit, draft: Draft | null = null): Promise<Answer> {
  const query = readEmbedQuery(visit, draft?.replyToId);
  if (query === null) throw notFound();
  const { externalId, after, around, title } = query;
  const link = { linked: around ?? '', isLinked: around !== null };
  const variables = { externalId, after, around, ...link, hasMenus: false };
  const data = await visit.askForMany(EmbedPage, variables);
  const discussion = data.discussion ?? null;
  const empty = discussion ? null : await visit.ask(EmptyPage);
  const linked = data.node?.__typename === 'Comment' ? data.node : null;
  const isDeep = discussion !== null && isDeeper(linked, discussion.id, DEPTH_MAX);
  // a frame has one page: it begins with the comment above the linked one
  const above = (isDeep && linked?.replyTo) || null;
  const { hasNextPage = false, endCursor = null } = (above ? null : discussion?.comments.pageInfo) ?? {};
  return page({
    status: (draft?.problems.length ?? 0) > 0 ? 422 : 200,
    title,
    viewer: viewerOf(data),
    head: discussion && <link rel="canonical" href={discussion.url} />,
    view: (
      <EmbedView
        discussion={discussion}
        comments={above ? { nodes: [above] } : (discussion?.comments ?? null)}
        next={hasNextPage ? framePath(visit, { after: endCursor, comment: null, reply: null }) : null}
        isFirst={above === null && discussion?.comments.pageInfo.hasPreviousPage !== true}
        mayStart={mayStart(query, empty?.serverInfo.reservedExternalIdPrefixes ?? [])}
        externalId={externalId}
        draft={draft ? draftOn(linked, discussion?.id ?? '', draft) : emptyDraft(visit)}
        isVotingWhenLockedAllowed={data.serverInfo.isVotingWhenLockedAllowed}
      />
    ),
  });
}

/** Whether the first comment can start the discussion: keys that the host has reserved need its signature. */
function mayStart({ externalId, isSigned }: EmbedQuery, reserved: readonly string[]): boolean {
  return isSigned || !reserved.some((prefix) => externalId.startsWith(prefix));
}
