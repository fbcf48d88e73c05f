import { notFound } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import type { Draft } from '../discussion/thread-context.ts';
import { emptyDraft } from '../discussion/thread-query.ts';
import { type EmbedQuery, framePath, readEmbedQuery } from './embed-query.ts';
import { EmbedView } from './embed-view.tsx';

const EmbedPage = graphql(`
  query EmbedPage($externalId: String!, $after: String, $around: ID, $hasMenus: Boolean!) {
    ...Frame
    discussion(externalId: $externalId) {
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
  const query = readEmbedQuery(visit);
  if (query === null) throw notFound();
  const { externalId, after, around, title } = query;
  const variables = { externalId, after, around, hasMenus: false };
  const { data: found, refusal } = await visit.attempt(EmbedPage, variables);
  if (refusal && refusal.code !== 'NOT_FOUND') throw refusal;
  const empty = found ? null : await visit.ask(EmptyPage);
  const discussion = found?.discussion ?? null;
  const { hasNextPage = false, endCursor = null } = discussion?.comments.pageInfo ?? {};
  return page({
    status: (draft?.problems.length ?? 0) > 0 ? 422 : 200,
    title,
    viewer: found ? viewerOf(found) : empty && viewerOf(empty),
    head: discussion && <link rel="canonical" href={discussion.url} />,
    view: (
      <EmbedView
        discussion={discussion}
        comments={discussion?.comments ?? null}
        next={hasNextPage ? framePath(visit, { after: endCursor, comment: null, reply: null }) : null}
        isFirst={discussion?.comments.pageInfo.hasPreviousPage !== true}
        mayStart={mayStart(query, empty?.serverInfo.reservedExternalIdPrefixes ?? [])}
        externalId={externalId}
        draft={draft ?? emptyDraft(visit)}
      />
    ),
  });
}

/** Whether the first comment can start the discussion: keys that the host has reserved need its signature. */
function mayStart({ externalId, isSigned }: EmbedQuery, reserved: readonly string[]): boolean {
  return isSigned || !reserved.some((prefix) => externalId.startsWith(prefix));
}
