// Relay's compiler reads the operations of this file; relay.ts runs what it makes of them.
import { graphql } from 'relay-runtime';

export const query = graphql`
  query threadQuery($slug: String!, $first: Int, $last: Int) {
    discussion(slug: $slug) {
      id
      title
      bodyHTML
      netUpvotes
      viewerVote
      commentCount
      ...thread_comments @arguments(first: $first, last: $last)
    }
  }
`;

export const comments = graphql`
  fragment thread_comments on Discussion
  @refetchable(queryName: "threadPageQuery")
  @argumentDefinitions(
    first: { type: "Int" }
    after: { type: "String" }
    last: { type: "Int" }
    before: { type: "String" }
  ) {
    comments(first: $first, after: $after, last: $last, before: $before)
      @connection(key: "thread_comments") {
      edges {
        cursor
        node {
          id
          bodyHTML
          author {
            id
            name
          }
        }
      }
      pageInfo {
        startCursor
        endCursor
        hasNextPage
        hasPreviousPage
      }
    }
  }
`;

export const setVote = graphql`
  mutation threadSetVoteMutation($input: SetVoteInput!) {
    setVote(input: $input) {
      subject {
        __typename
        id
        netUpvotes
        viewerVote
      }
    }
  }
`;

export const addComment = graphql`
  mutation threadAddCommentMutation($input: AddCommentInput!, $connections: [ID!]!) {
    addComment(input: $input) {
      commentEdge @appendEdge(connections: $connections) {
        cursor
        node {
          id
          bodyHTML
          author {
            id
            name
          }
        }
      }
      discussion {
        id
        commentCount
      }
    }
  }
`;

export const appendComment = graphql`
  mutation threadAppendCommentMutation($input: AddCommentInput!, $connections: [ID!]!) {
    addComment(input: $input) {
      commentEdge {
        node @appendNode(connections: $connections, edgeTypeName: "CommentEdge") {
          id
          bodyHTML
          author {
            id
            name
          }
        }
      }
      discussion {
        id
        commentCount
      }
    }
  }
`;

export const deleteComment = graphql`
  mutation threadDeleteCommentMutation($input: DeleteCommentInput!, $connections: [ID!]!) {
    deleteComment(input: $input) {
      deletedCommentId @deleteEdge(connections: $connections)
      discussion {
        id
        commentCount
      }
    }
  }
`;
