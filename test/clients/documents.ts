// The operations of a front end. Relay has its own in relay/, since its compiler reads them from there.

export const THREAD = /* GraphQL */ `
  query Thread($slug: String!, $first: Int, $after: String, $last: Int, $before: String, $orderBy: CommentOrder) {
    discussion(slug: $slug) {
      __typename
      id
      title
      bodyHTML
      netUpvotes
      viewerVote
      commentCount
      comments(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
        __typename
        edges {
          __typename
          cursor
          node {
            __typename
            id
            bodyHTML
            author { __typename id name }
          }
        }
        pageInfo { __typename startCursor endCursor hasNextPage hasPreviousPage }
      }
    }
  }
`;

export const SET_VOTE = /* GraphQL */ `
  mutation SetVote($input: SetVoteInput!) {
    setVote(input: $input) { __typename subject { __typename id netUpvotes viewerVote } }
  }
`;

export const ADD_COMMENT = /* GraphQL */ `
  mutation AddComment($input: AddCommentInput!) {
    addComment(input: $input) {
      __typename
      comment { __typename id bodyHTML author { __typename id name } }
      commentEdge { __typename cursor node { __typename id } }
      discussion { __typename id commentCount }
    }
  }
`;
