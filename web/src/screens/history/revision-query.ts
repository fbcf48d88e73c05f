import { notFound } from '../../api/api-error.ts';
import type { RevisionPageQuery } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import type { Visit } from '../../http/visit.ts';

const RevisionPage = graphql(`
  query RevisionPage($id: ID!) {
    ...Frame
    node(id: $id) {
      __typename
      ... on DiscussionRevision {
        revision
        redactedAt
        title
        body
        editor {
          ...AuthorName
        }
        discussion {
          id
          revision
          slug
          title
          viewerCan {
            redactRevision {
              isAllowed
              code
              message
            }
          }
        }
      }
      ... on CommentRevision {
        revision
        redactedAt
        body
        editor {
          ...AuthorName
        }
        comment {
          id
          revision
          viewerCan {
            redactRevision {
              isAllowed
              code
              message
            }
          }
          discussion {
            slug
            title
          }
        }
      }
    }
  }
`);

type Node = NonNullable<RevisionPageQuery['node']>;
export type RevisionNode = Extract<Node, { readonly __typename: 'DiscussionRevision' | 'CommentRevision' }>;

/** The revision whose id is in the address: of a discussion or of a comment. */
export async function findRevision(visit: Visit): Promise<{ data: RevisionPageQuery; node: RevisionNode }> {
  const data = await visit.ask(RevisionPage, { id: visit.params['id'] ?? '' });
  const { node } = data;
  if (node?.__typename !== 'DiscussionRevision' && node?.__typename !== 'CommentRevision') throw notFound();
  return { data, node };
}
