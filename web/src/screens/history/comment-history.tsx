import { notFound } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { inThread } from '../../parts/paths.ts';
import { Diff, HistoryView, Revision } from './revision.tsx';

const CommentHistory = graphql(`
  query CommentHistory($id: ID!, $after: String) {
    ...Frame
    node(id: $id) {
      __typename
      ... on Comment {
        id
        revision
        viewerCan {
          update {
            isAllowed
          }
          redactRevision {
            isAllowed
          }
        }
        discussion {
          slug
          title
        }
        revisions(first: 20, after: $after) {
          pageInfo {
            endCursor
            hasNextPage
          }
          nodes {
            id
            revision
            createdAt
            redactedAt
            editor {
              ...AuthorName
            }
            body
            bodyDiff {
              kind
              text
            }
          }
        }
      }
    }
  }
`);

/** The revisions of a comment, newest first, each with what it changed. */
export async function showCommentHistory(visit: Visit): Promise<Answer> {
  const after = visit.url.searchParams.get('after');
  const data = await visit.ask(CommentHistory, { id: visit.params['id'] ?? '', after });
  const comment = data.node?.__typename === 'Comment' ? data.node : null;
  if (!comment) throw notFound();
  const { slug, title } = comment.discussion;
  return page({
    title: visit.speech.text('history.title'),
    viewer: viewerOf(data),
    view: (
      <HistoryView back={inThread(slug, comment.id)} about={title} pageInfo={comment.revisions.pageInfo}>
        {comment.revisions.nodes.map(({ body, bodyDiff, ...one }) => (
          <Revision
            key={one.revision}
            {...one}
            editor={one.editor ?? null}
            redactedAt={one.redactedAt ?? null}
            can={one.revision === comment.revision ? null : comment.viewerCan}
          >
            <Diff parts={bodyDiff} whole={body} />
          </Revision>
        ))}
      </HistoryView>
    ),
  });
}
